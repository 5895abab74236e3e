/** The functions: the OpenAI-compatible API in front, SageMaker endpoints and a DynamoDB table behind, sessions in between. */
@NullMarked
package io.wanspec.functions;

import org.jspecify.annotations.NullMarked;
