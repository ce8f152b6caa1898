package io.flywatch.runner.adapter.flyway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;

/** Looks whether a file is text in an encoding, whatever its length. */
final class Decoding {
    private static final int BUFFER = 1 << 16;

    private Decoding() {}

    /** The line of the first bytes that the encoding does not have, from 1; 0 if there are none. */
    static int firstFlaw(Path file, Charset encoding) throws IOException {
        CharsetDecoder decoder = encoding.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer text = CharBuffer.allocate(BUFFER);
        int line = 1;
        try (FileChannel channel = FileChannel.open(file)) {
            boolean end = false;
            while (!end) {
                end = channel.read(bytes) < 0;
                bytes.flip();
                CoderResult result = decoder.decode(bytes, text, end);
                text.flip();
                line += (int) text.chars().filter(it -> it == '\n').count();
                if (result.isError()) {
                    return line;
                }
                text.clear();
                bytes.compact();
            }
        }
        return 0;
    }
}
