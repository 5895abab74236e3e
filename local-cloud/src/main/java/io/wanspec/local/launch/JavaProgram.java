package io.wanspec.local.launch;

import io.wanspec.local.process.ClassPath;
import java.nio.file.Path;

/**
 * A Java program to start as a process.
 *
 * @param java the {@code java} launcher
 * @param classpath as {@code java -cp} takes it
 */
public record JavaProgram(Path java, String classpath, String mainClass) {
    private static final String MODEL_SERVER = "io.wanspec.endpoints.EndpointServer";

    /** The model server, run by the Java and from the class path of this process. */
    public static JavaProgram modelServer() {
        return ofThisProcess(MODEL_SERVER);
    }

    /** A program on the class path of this process, run by the same Java. */
    public static JavaProgram ofThisProcess(String mainClass) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new JavaProgram(java, ClassPath.ofThisProcess(), mainClass);
    }
}
