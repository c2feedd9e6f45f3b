package io.plumbline.benchmarks.decode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * Predictions as a user's service writes them: of ten features seven are numbers with all their
 * digits, one is a whole number, one a category and one null or a boolean.
 */
public final class SampleEvents {
  private static final String[] COUNTRIES = {"DE", "FR", "NL", "ES", "IT", "PL"};

  private static final String[] TIERS = {"bronze", "silver", "gold"};

  private SampleEvents() {}

  /** The same events for the same arguments. */
  public static byte[][] predictions(int count, int features, long firstTime, long seed) {
    Random random = new Random(seed);
    byte[][] events = new byte[count][];
    for (int i = 0; i < count; i++) {
      events[i] = prediction(i, features, firstTime + i, random).getBytes(StandardCharsets.UTF_8);
    }
    return events;
  }

  private static String prediction(int number, int features, long time, Random random) {
    String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
    StringBuilder json = new StringBuilder();
    json.append("{\"prediction_id\":\"p-").append(String.format(Locale.ROOT, "%012d", number));
    json.append("\",\"model\":\"credit\",\"model_version\":\"v3\",\"ts\":").append(time);
    json.append(",\"entity_id\":\"customer-").append(random.nextInt(1_000_000));
    json.append("\",\"features\":{");
    for (int f = 0; f < features; f++) {
      json.append(f == 0 ? "" : ",").append("\"feature_").append(f).append("_30d\":");
      switch (f % 10) {
        case 7 -> json.append(random.nextInt(100_000));
        case 8 -> json.append('"').append(country).append('"');
        case 9 -> json.append(random.nextInt(10) == 0 ? "null" : "true");
        default -> json.append(random.nextGaussian() * 100);
      }
    }
    json.append("},\"score\":").append(random.nextDouble());
    json.append(",\"predicted_label\":").append(random.nextBoolean());
    json.append(",\"segments\":{\"country\":\"").append(country);
    json.append("\",\"channel\":\"").append(random.nextInt(3) == 0 ? "app" : "web");
    json.append("\",\"tier\":\"").append(TIERS[random.nextInt(TIERS.length)]);
    json.append("\"},\"latency_ms\":");
    return json.append(String.format(Locale.ROOT, "%.2f}", random.nextDouble() * 50)).toString();
  }
}
