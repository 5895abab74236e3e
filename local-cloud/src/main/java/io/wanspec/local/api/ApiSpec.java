package io.wanspec.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.ClassArchive;
import io.wanspec.local.process.ClassPath;
import io.wanspec.local.process.ServerSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how the API is started. */
public final class ApiSpec {
    /** Of its process and its log. */
    public static final String NAME = "api";

    private static final int HEAP_MIB = 512;
    private static final JsonMapper MAPPER = new JsonMapper();

    private ApiSpec() {}

    /** @param properties as in {@code application.yml} */
    public static ServerSpec of(WanspecHome home, Map<String, Object> properties) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> flags = new ArrayList<>(List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC"));
        String classpath = ClassPath.ofThisProcess();
        flags.addAll(archive(home).written());
        List<String> command = ServerSpec.javaCommand(
                java,
                classpath,
                flags,
                List.of(ApiServer.class.getName(), "--port", ServerSpec.PORT),
                Optional.empty());
        Map<String, String> environment = Map.of(ApiServer.PROPERTIES, json(properties));
        return new ServerSpec(NAME, command, environment, home.logs().resolve(NAME + ".log"), false);
    }

    /** Of the classes of this process's class path, as far as the API loads them. */
    public static ClassArchive archive(WanspecHome home) {
        return new ClassArchive(home.classes(), NAME, ClassPath.ofThisProcess());
    }

    private static String json(Map<String, Object> properties) {
        try {
            return MAPPER.writeValueAsString(properties);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("properties must be plain values", e);
        }
    }
}
