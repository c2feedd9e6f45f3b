package io.plumbline.cli.simulate;

import java.time.Duration;

/**
 * A job that makes features, again and again.
 *
 * @param every time between two runs
 * @param freshnessSla how old its features may be
 */
record SimulatedJob(
    String name, String owner, String reads, Duration every, Duration freshnessSla) {}
