#!/bin/sh
# The HTTP server, behind the Web Adapter (a layer or /opt/extensions/lambda-adapter), which asks Lambda for requests.
set -eu
. "${LAMBDA_TASK_ROOT:-$(dirname -- "$0")}/java.sh"
# Where one machine has several environments, as an emulator's, each takes a port by its process.
if [ "${AWS_LWA_PORT:-}" = own ]; then
    AWS_LWA_PORT=$((10240 + $$ % 20000))
    export AWS_LWA_PORT
fi
# The adapter connects to AWS_LWA_PORT, and both default to 8080.
PORT=${AWS_LWA_PORT:-${PORT:-8080}}
export PORT
# Lambda starts the adapter itself, from where extensions are. Where nobody does, as in an emulator, this names its program.
if [ -n "${WANSPEC_ADAPTER:-}" ]; then
    "$WANSPEC_ADAPTER" &
fi
# shellcheck disable=SC2086
exec "$java" $options ${WANSPEC_JAVA_OPTIONS:-} -cp "$classpath" io.wanspec.functions.WanSpecFunctions
