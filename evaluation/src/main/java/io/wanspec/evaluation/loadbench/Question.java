package io.wanspec.evaluation.loadbench;

import io.wanspec.evaluation.demo.ChatRequest;

/**
 * One of the things that clients ask.
 *
 * @param number which one
 * @param request in any mode: the text is the same in all
 */
record Question(int number, ChatRequest request) {}
