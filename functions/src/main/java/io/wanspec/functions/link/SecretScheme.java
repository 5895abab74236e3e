package io.wanspec.functions.link;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * The usual signature with a site's secret beside it, in a header of its own. The header is no part of what is signed: the SDK's
 * signer can log that. Credentials are what a call waits for without a thread, and the secret is waited for with them.
 */
final class SecretScheme implements AuthScheme<AwsCredentialsIdentity> {
    static final String HEADER = "x-wanspec-secret";

    private final AwsV4AuthScheme usual = AwsV4AuthScheme.create();
    private final ShownSecret secret;

    SecretScheme(ShownSecret secret) {
        this.secret = secret;
    }

    @Override
    public String schemeId() {
        return usual.schemeId();
    }

    @Override
    public @Nullable IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        IdentityProvider<AwsCredentialsIdentity> credentials = usual.identityProvider(providers);
        return credentials == null ? null : new WithSecret(credentials, secret);
    }

    @Override
    public HttpSigner<AwsCredentialsIdentity> signer() {
        return new Showing(usual.signer(), secret);
    }

    private record WithSecret(IdentityProvider<AwsCredentialsIdentity> credentials, ShownSecret secret)
            implements IdentityProvider<AwsCredentialsIdentity> {
        @Override
        public Class<AwsCredentialsIdentity> identityType() {
            return AwsCredentialsIdentity.class;
        }

        @Override
        public CompletableFuture<? extends AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
            return secret.value().thenCompose(_ -> credentials.resolveIdentity(request));
        }
    }

    private record Showing(HttpSigner<AwsCredentialsIdentity> usual, ShownSecret secret)
            implements HttpSigner<AwsCredentialsIdentity> {
        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            SignedRequest signed = usual.sign(request);
            return signed.toBuilder().request(shown(signed.request())).build();
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            return usual.signAsync(request)
                    .thenApply(signed ->
                            signed.toBuilder().request(shown(signed.request())).build());
        }

        private SdkHttpRequest shown(SdkHttpRequest signed) {
            return signed.toBuilder().putHeader(HEADER, secret.known()).build();
        }
    }
}
