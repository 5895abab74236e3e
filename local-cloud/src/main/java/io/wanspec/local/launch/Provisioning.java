package io.wanspec.local.launch;

import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.SessionsTable;

/** Makes in an empty emulator what a deployment makes in AWS. */
final class Provisioning {
    private Provisioning() {}

    /** @throws RuntimeException if the emulator refuses */
    static void make(LocalAws aws) {
        SessionsTable.make(aws);
        new JobQueues(aws).make();
    }
}
