/** DynamoDB and SQS on this machine: DynamoDB Local and ElasticMQ in this JVM, on loopback, in memory. */
@NullMarked
package io.wanspec.local.aws;

import org.jspecify.annotations.NullMarked;
