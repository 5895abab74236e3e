package io.wanspec.infra.settings;

/** A model endpoint to be made. */
public record EndpointPlan(ServedFiles model, InstanceRange instances) {
    /** Sessions at once on an instance that does not scale: nobody looks. */
    private static final int ANY = 1;

    /** One instance for a program without a model. */
    static EndpointPlan withoutModel(String image, String type) {
        return new EndpointPlan(new ServedFiles(image, null, Device.CPU), new InstanceRange(type, 1, 1, ANY));
    }
}
