package io.flywatch.quickstart.trouble;

import java.time.Duration;

/** The target takes a third of what it took before. */
public final class SlowTarget implements Trouble {

    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final long AT_LEAST = 2_000;

    private final TcpProxy proxy;

    /** Slows down what is behind the proxy. */
    public SlowTarget(TcpProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public String name() {
        return "slow-target";
    }

    @Override
    public String explanation() {
        return "the way to the target lets a third through of what flowed before";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void begin() throws InterruptedException {
        long before = proxy.passed();
        Thread.sleep(MEASURED);
        long perSecond = (proxy.passed() - before) / MEASURED.toSeconds();
        proxy.limit(Math.max(AT_LEAST, perSecond / 3));
    }

    @Override
    public void end() {
        proxy.limit(0);
    }
}
