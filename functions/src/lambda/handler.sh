#!/bin/sh
# A function without HTTP: Lambda's own client asks for events and calls the handler that the function's settings name.
set -eu
. "${LAMBDA_TASK_ROOT:-$(dirname -- "$0")}/java.sh"
# shellcheck disable=SC2086
exec "$java" $options ${WANSPEC_JAVA_OPTIONS:-} -cp "$classpath" \
    com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
