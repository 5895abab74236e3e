package io.wanspec.local.launch;

import io.wanspec.emulator.aws.AwsEmulatorException;
import io.wanspec.emulator.aws.AwsEmulatorStore;
import io.wanspec.emulator.aws.AwsProgram;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;

/**
 * Starts the emulated regions, with the AWS emulator installed first.
 *
 * @param home for logs
 */
record LocalNetworkStarter(AwsEmulatorStore store, WanspecHome home) implements Network.Starter {
    @Override
    public void prepare(LaunchProgress progress) throws LaunchException, InterruptedException {
        program(progress);
    }

    @Override
    public Network start(CloudSettings settings, Network.ModelServers servers)
            throws IOException, InterruptedException {
        try {
            AwsProgram aws = program(LaunchProgress.NONE);
            return LocalNetwork.start(settings, servers, aws, home.logs().resolve("aws-emulator.log"));
        } catch (LaunchException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private AwsProgram program(LaunchProgress progress) throws LaunchException, InterruptedException {
        try {
            return store.require(progress);
        } catch (AwsEmulatorException e) {
            throw new LaunchException(e.sentence(), e, false);
        }
    }
}
