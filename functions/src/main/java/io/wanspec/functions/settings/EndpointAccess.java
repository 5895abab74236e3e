package io.wanspec.functions.settings;

import java.util.regex.Pattern;

/** As whom an endpoint is called. */
public sealed interface EndpointAccess {
    /** As oneself. */
    record Own() implements EndpointAccess {}

    /**
     * As a role of the endpoint's account: SageMaker's endpoints can be called by their own account only.
     *
     * @param arn of the role
     */
    record Role(String arn) implements EndpointAccess {
        private static final Pattern FORM = Pattern.compile("arn:[\\w-]+:iam::[0-9]{12}:role/[\\w+=,.@/-]+");

        public Role {
            if (!FORM.matcher(arn).matches()) {
                throw new IllegalArgumentException(
                        "a role must be an ARN such as arn:aws:iam::111111111111:role/caller");
            }
        }
    }

    /**
     * With a secret that the endpoint's operator knows, too.
     *
     * @param arn of the secret in Secrets Manager; it itself is in no setting
     */
    record Secret(String arn) implements EndpointAccess {
        private static final Pattern FORM =
                Pattern.compile("arn:[\\w-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+");

        public Secret {
            if (!FORM.matcher(arn).matches()) {
                throw new IllegalArgumentException(
                        "a secret must be an ARN such as arn:aws:secretsmanager:us-east-1:111111111111:secret:NAME");
            }
        }

        /** Where it is kept. */
        public String region() {
            return arn.split(":", -1)[3];
        }
    }
}
