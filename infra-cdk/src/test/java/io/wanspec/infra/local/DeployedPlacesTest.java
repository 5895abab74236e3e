package io.wanspec.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.infra.local.DeployedPlaces.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployedPlacesTest {
    private static final Place TARGET = new Place("000000000000", "us-east-1");
    private static final Place DRAFT = new Place("222222222222", "eu-west-1");
    private static final Place MOVED = new Place("222222222222", "eu-west-2");

    @TempDir
    private Path home;

    @Test
    void whereADeploymentWasIsKeptUntilItIsDown() throws Exception {
        var places = new DeployedPlaces(home, "wanspec-local");
        assertThat(places.all()).isEmpty();
        places.add(List.of(DRAFT, TARGET));
        places.add(List.of(MOVED, TARGET));
        assertThat(new DeployedPlaces(home, "wanspec-local").all()).containsExactly(DRAFT, TARGET, MOVED);
        assertThat(new DeployedPlaces(home, "other-local").all()).isEmpty();
        places.forget();
        places.forget();
        assertThat(places.all()).isEmpty();
    }

    @Test
    void aNoteThatCannotBeReadIsNotTakenForNone() throws Exception {
        Path file = Files.createDirectories(home.resolve("local-deployments")).resolve("wanspec-local.json");
        Files.writeString(file, "[{\"account\": \"000000000000\"}]");
        var places = new DeployedPlaces(home, "wanspec-local");
        assertThatThrownBy(places::all).isInstanceOf(IOException.class).hasMessageContaining("wanspec-local.json");
    }
}
