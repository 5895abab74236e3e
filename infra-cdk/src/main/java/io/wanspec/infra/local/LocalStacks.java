package io.wanspec.infra.local;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.CloudFormationAsyncClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;

/** The stacks of an account in a region, through CloudFormation. */
final class LocalStacks implements AutoCloseable {
    static final String TAG = "wanspec";

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final String FUNCTION = "AWS::Lambda::Function";

    private final CloudFormationAsyncClient client;
    private final LambdaAsyncClient lambda;

    LocalStacks(LocalAccount account) {
        client = account.client(CloudFormationAsyncClient.builder());
        lambda = account.client(LambdaAsyncClient.builder());
    }

    /**
     * Makes the stack, or brings it up to its template.
     *
     * @param template where it lies
     * @throws LocalDeploymentException if CloudFormation went back; it says why
     */
    StackChange apply(String name, String template, String deployment) throws InterruptedException {
        Optional<Stack> before = settled(name);
        if (before.isPresent() && isWreck(before.get())) {
            delete(name);
            before = Optional.empty();
        }
        return before.isPresent() ? update(name, template, deployment) : create(name, template, deployment);
    }

    /** Made in vain: such a stack can only be deleted. */
    private static boolean isWreck(Stack stack) {
        return List.of("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED")
                .contains(stack.stackStatusAsString());
    }

    private StackChange create(String name, String template, String deployment) throws InterruptedException {
        asked(() -> client.createStack(stack -> stack.stackName(name)
                .templateURL(template)
                .tags(tag(deployment))
                .capabilities(Capability.CAPABILITY_NAMED_IAM)));
        await(name, "CREATE_COMPLETE");
        return StackChange.CREATED;
    }

    private StackChange update(String name, String template, String deployment) throws InterruptedException {
        try {
            asked(() -> client.updateStack(stack -> stack.stackName(name)
                    .templateURL(template)
                    .tags(tag(deployment))
                    .capabilities(Capability.CAPABILITY_NAMED_IAM)));
        } catch (LocalDeploymentException e) {
            if (String.valueOf(e.getMessage()).contains("No updates are to be performed")) {
                return StackChange.UNCHANGED;
            }
            throw e;
        }
        await(name, "UPDATE_COMPLETE");
        return StackChange.UPDATED;
    }

    /** As it is when nothing is being made of it: whoever was killed has left CloudFormation at work. */
    private Optional<Stack> settled(String name) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Optional<Stack> now = find(name);
        while (now.filter(stack -> stack.stackStatusAsString().endsWith("_IN_PROGRESS"))
                .isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new LocalDeploymentException("stack " + name + " is "
                        + now.get().stackStatusAsString() + " for " + LIMIT.toMinutes()
                        + " minutes. Start './wanspec up' anew: the emulator forgets it");
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            now = find(name);
        }
        return now;
    }

    /** Returns when it is gone, with all that it had. */
    void delete(String name) throws InterruptedException {
        if (settled(name).isEmpty()) {
            return;
        }
        physicalIds(name, FUNCTION).forEach(this::end);
        asked(() -> client.deleteStack(stack -> stack.stackName(name)));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (Optional<Stack> now = find(name); now.isPresent(); now = find(name)) {
            if (now.get().stackStatusAsString().equals("DELETE_FAILED") || System.nanoTime() > deadline) {
                throw failed(name, now.get().stackStatusAsString());
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    /** The emulator's CloudFormation forgets functions without ending their processes; its Lambda ends them. */
    private void end(String function) {
        try {
            asked(() -> lambda.deleteFunction(delete -> delete.functionName(function)));
        } catch (LocalDeploymentException gone) {
            // It was not made, or was deleted before.
        }
    }

    /** Those of a deployment, last made first. */
    List<String> of(String deployment) {
        return asked(client::describeStacks).stacks().stream()
                .filter(stack -> stack.tags().contains(tag(deployment)))
                .filter(stack -> !isGone(stack))
                .map(Stack::stackName)
                .toList()
                .reversed();
    }

    /** What resources of a stack are called in the account. */
    List<String> physicalIds(String stack, String type) {
        return asked(() -> client.describeStackResources(of -> of.stackName(stack))).stackResources().stream()
                .filter(resource -> resource.resourceType().equals(type))
                .map(StackResource::physicalResourceId)
                .filter(Objects::nonNull)
                .toList();
    }

    private Optional<Stack> find(String name) {
        try {
            return asked(() -> client.describeStacks(of -> of.stackName(name))).stacks().stream()
                    .filter(stack -> !isGone(stack))
                    .findFirst();
        } catch (LocalDeploymentException e) {
            if (String.valueOf(e.getMessage()).contains("Stack with id " + name + " does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isGone(Stack stack) {
        return stack.stackStatusAsString().equals("DELETE_COMPLETE");
    }

    private void await(String name, String wanted) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (String now = status(name); !now.equals(wanted); now = status(name)) {
            if (!now.endsWith("_IN_PROGRESS") || System.nanoTime() > deadline) {
                throw failed(name, now);
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private String status(String name) {
        return find(name).map(Stack::stackStatusAsString).orElse("DELETE_COMPLETE");
    }

    private LocalDeploymentException failed(String name, String status) {
        String reasons = asked(() -> client.describeStackEvents(of -> of.stackName(name))).stackEvents().stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .map(LocalStacks::reason)
                .distinct()
                .collect(Collectors.joining("\n  "));
        String now = status.equals("UPDATE_ROLLBACK_COMPLETE") ? ", so it is as it was" : "";
        return new LocalDeploymentException("stack " + name + " ended as " + status + now + ":\n  " + reasons
                + "\nMend that and run this again; 'down --local' takes all of it away");
    }

    private static String reason(StackEvent event) {
        return event.logicalResourceId() + ": " + event.resourceStatusReason();
    }

    private static Tag tag(String deployment) {
        return Tag.builder().key(TAG).value(deployment).build();
    }

    private static <T> T asked(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AwsServiceException refused) {
                throw new LocalDeploymentException(String.valueOf(refused.getMessage()));
            }
            throw new LocalDeploymentException("the emulator does not answer: " + e.getCause());
        }
    }

    @Override
    public void close() {
        client.close();
        lambda.close();
    }
}
