package io.wanspec.controller;

import io.wanspec.contracts.WorkerId;

/** A draft worker that a session may use. */
public record Worker(WorkerId id, Place place) {}
