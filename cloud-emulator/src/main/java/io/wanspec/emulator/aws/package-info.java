/** DynamoDB, SQS and Lambda on this machine: MiniStack, installed once, a process that ends with its parent. */
@NullMarked
package io.wanspec.emulator.aws;

import org.jspecify.annotations.NullMarked;
