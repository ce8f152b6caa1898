package io.flywatch.alerts.adapter.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses may be posted to. */
public enum Reach {
    /** All. */
    ANYWHERE,
    /** Only those that are reached over the internet; not this machine, nor its networks, nor a cloud's metadata. */
    PUBLIC;

    /**
     * The address of a host. It is the one that is then connected to: a name that is looked up again could lead elsewhere.
     *
     * @throws ForbiddenAddressException if one of the host's addresses may not be posted to
     */
    InetAddress resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        if (this == PUBLIC && Arrays.stream(addresses).anyMatch(Reach::isPrivate)) {
            throw new ForbiddenAddressException();
        }
        return addresses[0];
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (bytes.length == 4) {
            boolean carrier = first == 100 && second >= 64 && second < 128;
            boolean reserved = first == 0 || first >= 240 || first == 198 && (second == 18 || second == 19);
            boolean protocol = first == 192 && second == 0 && (bytes[2] & 0xff) == 0;
            return special || carrier || reserved || protocol;
        }
        boolean uniqueLocal = (first & 0xfe) == 0xfc;
        boolean translated = first == 0 && second == 0x64 || first == 0x20 && second == 0x02;
        return special || uniqueLocal || translated;
    }

    /** A host has an address that may not be posted to. */
    static final class ForbiddenAddressException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException() {
            super("the address is private");
        }
    }
}
