package io.wanspec.infra.settings;

/**
 * @param type of SageMaker's instances
 * @param min at any time
 * @param max under load
 * @param sessionsEach after so many requests at once on each, another is started
 */
public record InstanceRange(String type, int min, int max, int sessionsEach) {
    public InstanceRange {
        if (max < min) {
            throw new IllegalArgumentException("max " + max + " is less than min " + min + ". Raise max");
        }
    }

    public boolean scales() {
        return max > min;
    }
}
