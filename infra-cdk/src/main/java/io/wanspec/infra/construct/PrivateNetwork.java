package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IInterfaceVpcEndpointService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The functions' own network in the target's region. SageMaker's runtime, SQS and DynamoDB are reached by private links; a private
 * link ends in its region, so drafts in other regions, and workers on site, are reached through NAT, encrypted and signed.
 */
public final class PrivateNetwork extends Construct {
    /** Of HTTPS, and of SageMaker's duplex streams. */
    private static final List<Integer> PORTS = List.of(443, 8443);

    static final SubnetSelection FUNCTIONS =
            SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build();

    private final Vpc vpc;
    private final SecurityGroup functions;

    public PrivateNetwork(Construct scope, String id, Deployment deployment, DataStores stores) {
        super(scope, id);
        this.vpc = Vpc.Builder.create(this, "Vpc")
                .vpcName(deployment.name())
                .ipAddresses(IpAddresses.cidr("10.64.0.0/20"))
                .maxAzs(2)
                .natGateways(2)
                .subnetConfiguration(List.of(
                        subnets("public", SubnetType.PUBLIC), subnets("functions", SubnetType.PRIVATE_WITH_EGRESS)))
                .flowLogs(Map.of(
                        "Refused",
                        FlowLogOptions.builder()
                                .trafficType(software.amazon.awscdk.services.ec2.FlowLogTrafficType.REJECT)
                                .destination(FlowLogDestination.toCloudWatchLogs(Keeping.logs(
                                        this,
                                        "FlowLogs",
                                        "/wanspec/" + deployment.name() + "/network",
                                        deployment.profile(),
                                        stores.key())))
                                .build()))
                .build();
        LinkPolicies policies = new LinkPolicies(deployment);
        vpc.addGatewayEndpoint(
                        "DynamoDb",
                        GatewayVpcEndpointOptions.builder()
                                .service(GatewayVpcEndpointAwsService.DYNAMODB)
                                .build())
                .addToPolicy(policies.table(stores));
        this.functions = group("Functions", "Functions of WANSpec");
        PORTS.forEach(port -> functions.addEgressRule(
                Peer.anyIpv4(), Port.tcp(port), "Model endpoints in other regions, workers on site, services of AWS"));
        SecurityGroup links = group("Links", "Private links that functions of WANSpec use");
        PORTS.forEach(port -> links.addIngressRule(functions, Port.tcp(port), "From the functions"));
        link("SageMaker", InterfaceVpcEndpointAwsService.SAGEMAKER_RUNTIME, links, policies.endpoints());
        link("Sqs", InterfaceVpcEndpointAwsService.SQS, links, policies.queues(stores));
    }

    Vpc vpc() {
        return vpc;
    }

    SecurityGroup functions() {
        return functions;
    }

    private static SubnetConfiguration subnets(String name, SubnetType type) {
        SubnetConfiguration.Builder subnets =
                SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(23);
        return type == SubnetType.PUBLIC ? subnets.mapPublicIpOnLaunch(false).build() : subnets.build();
    }

    private SecurityGroup group(String id, String description) {
        return SecurityGroup.Builder.create(this, id)
                .vpc(vpc)
                .description(description + " in " + Stack.of(this).getRegion())
                .allowAllOutbound(false)
                .build();
    }

    private void link(String id, IInterfaceVpcEndpointService service, SecurityGroup group, PolicyStatement allowed) {
        vpc.addInterfaceEndpoint(
                        id,
                        InterfaceVpcEndpointOptions.builder()
                                .service(service)
                                .privateDnsEnabled(true)
                                .open(false)
                                .securityGroups(List.of(group))
                                .subnets(FUNCTIONS)
                                .build())
                .addToPolicy(allowed);
    }
}
