package io.wanspec.it.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/** Events as AWS makes them. */
final class LambdaEvents {
    private static final JsonMapper MAPPER = new JsonMapper();

    private LambdaEvents() {}

    /** A batch of an event source mapping. */
    static String batch(List<Message> messages) {
        ObjectNode event = MAPPER.createObjectNode();
        var records = event.putArray("Records");
        messages.forEach(message -> {
            ObjectNode record = records.addObject();
            record.put("messageId", message.messageId()).put("receiptHandle", message.receiptHandle());
            record.put("body", message.body()).put("md5OfBody", message.md5OfBody());
            ObjectNode attributes = record.putObject("attributes");
            message.attributesAsStrings().forEach(attributes::put);
            record.putObject("messageAttributes");
            record.put("eventSource", "aws:sqs").put("awsRegion", "us-east-1");
            record.put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:jobs");
        });
        return event.toString();
    }

    /** A batch of one, in which somebody asks for this session. */
    static String job(String session) {
        return batch(List.of(Message.builder()
                .messageId("2e1424d4-f796-459a-8184-9c92662be6da")
                .receiptHandle("a-handle")
                .body("{\"session\": \"" + session + "\"}")
                .build()));
    }

    /** A schedule of EventBridge. */
    static String schedule() {
        return "{\"version\": \"0\", \"id\": \"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa\", \"detail-type\": \"Scheduled Event\","
                + " \"source\": \"aws.events\", \"account\": \"123456789012\", \"time\": \"2026-11-01T12:00:00Z\","
                + " \"region\": \"us-east-1\", \"resources\": [\"arn:aws:events:us-east-1:123456789012:rule/sweep\"],"
                + " \"detail\": {}}";
    }

    /** What API Gateway asks an authorizer of type REQUEST. */
    static String authorization(String authorization) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("type", "REQUEST").put("resource", "/{proxy+}").put("path", "/v1/responses");
        event.put("methodArn", "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/POST/v1/responses");
        event.put("httpMethod", "POST");
        event.putObject("headers").put("Accept", "*/*").put("authorization", authorization);
        event.putObject("multiValueHeaders").putArray("authorization").add(authorization);
        event.putObject("queryStringParameters");
        event.putObject("multiValueQueryStringParameters");
        event.putObject("pathParameters").put("proxy", "v1/responses");
        event.putObject("stageVariables");
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", "123456789012").put("apiId", "abcdef1234").put("stage", "prod");
        context.put("httpMethod", "POST").put("path", "/prod/v1/responses").put("protocol", "HTTP/1.1");
        context.put("resourceId", "abc123").put("resourcePath", "/{proxy+}").put("requestId", "a-request");
        context.put("requestTimeEpoch", 1_793_534_400_000L);
        context.putObject("identity").put("sourceIp", "127.0.0.1").putNull("userArn");
        return event.toString();
    }
}
