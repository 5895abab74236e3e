package io.wanspec.infra.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A draft worker that is not in AWS: a university machine, say. Nothing is made for it.
 *
 * @param region that a request's signature names; residency counts the worker there
 * @param address https
 * @param secret ARN of what the worker asks to be shown, in Secrets Manager; absent: the request's signature alone
 */
public record OnSiteWorker(
        String id, String region, String address, @Nullable String secret) {
    private static final int PORT_MAX = 65_535;
    private static final Pattern PLACE = Pattern.compile("https://([^/:]+)(?::([0-9]{1,5}))?(?:/.*)?");
    private static final Pattern QUAD = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    public OnSiteWorker {
        Matcher place = PLACE.matcher(address);
        if (!place.matches()) {
            throw new IllegalArgumentException("address '" + address + "' does not fit. Write an https address");
        }
        String port = place.group(2);
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > PORT_MAX)) {
            throw new IllegalArgumentException("address has port " + port + ". Write one from 1 to " + PORT_MAX);
        }
        String host = place.group(1).toLowerCase(Locale.ROOT);
        if (isNumber(host) && !QUAD.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "address has '" + host + "' for a host. Write its name, or four numbers such as 192.0.2.7");
        }
        if (host.startsWith("169.254.") || host.startsWith("instance-data")) {
            throw new IllegalArgumentException("address '" + address
                    + "' is one of the machine's own link, where the cloud keeps its metadata. Write the worker's own");
        }
        if (host.startsWith("127.")
                || host.startsWith("0.")
                || host.equals("localhost")
                || host.endsWith(".localhost")) {
            throw new IllegalArgumentException("address '" + address
                    + "' is that of whoever asks, a function in AWS. Write one that the worker has in the network");
        }
    }

    /** Network libraries read these as IPv4 addresses, in odd ways: one number, octal, hexadecimal. */
    private static boolean isNumber(String host) {
        return host.matches("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");
    }
}
