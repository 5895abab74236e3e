package io.wanspec.infra.settings;

import org.jspecify.annotations.Nullable;

/**
 * @param domain absent: API Gateway's own address
 * @param certificate ARN of the domain's, in ACM in the target's region
 * @param firewall whether AWS WAF stands before it
 * @param requestsPerSecond of all callers together
 * @param console whether the console's files come to whoever asks for them, without a key
 */
public record ApiSettings(
        @Nullable String domain,
        @Nullable String certificate,
        boolean firewall,
        int requestsPerSecond,
        boolean console) {
    public ApiSettings {
        if ((domain == null) != (certificate == null)) {
            throw new IllegalArgumentException("domain and certificate go together. Write both or neither");
        }
    }
}
