package io.wanspec.emulator.sagemaker;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request carries a Signature Version 4 in its Authorization header. Only the form is checked: the emulator has no
 * secret keys, but a client that forgets to sign must not work here and fail in the cloud.
 */
final class SignatureForm {
    private static final Pattern FORM =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=[^/,]+/\\d{8}/[a-z0-9-]+/sagemaker/aws4_request,"
                    + " *SignedHeaders=[a-z0-9;-]+, *Signature=[0-9a-f]{64}");

    private SignatureForm() {}

    static boolean isSigned(@Nullable CharSequence authorization) {
        return authorization != null && FORM.matcher(authorization).matches();
    }
}
