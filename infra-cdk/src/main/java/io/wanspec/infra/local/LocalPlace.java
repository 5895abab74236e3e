package io.wanspec.infra.local;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where stacks are deployed to, and what they find there.
 *
 * @param deployment its name
 * @param emulator of AWS, every service of it
 * @param models the local cloud's
 * @param javaHome of a JDK 25 on this machine
 * @param adapter the Web Adapter's program
 */
public record LocalPlace(String deployment, URI emulator, LocalEndpoints models, Path javaHome, Path adapter) {}
