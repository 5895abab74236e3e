/** Links to model endpoints, over the AWS SDK for Java's SageMaker clients and nothing else. */
@NullMarked
package io.wanspec.functions.link;

import org.jspecify.annotations.NullMarked;
