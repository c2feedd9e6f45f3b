package io.plumbline.cli.simulate;

/**
 * A version of the model, which answers every request.
 *
 * @param role as the contract writes it
 * @param noise deviation of what it gets wrong by itself, in log odds
 * @param medianLatencyMillis of answers without an error
 */
record SimulatedVersion(String name, String role, double noise, double medianLatencyMillis) {}
