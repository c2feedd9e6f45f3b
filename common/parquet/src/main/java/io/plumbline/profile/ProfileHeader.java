package io.plumbline.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a reference profile is of: in the footer of its file, as JSON under {@link #KEY}.
 *
 * @param format the version of the format
 * @param exact whether every value was kept
 * @param sources the data that it was made of, by checksum; several if profiles were merged
 * @param columns of that data, compared or not
 * @param features what the profile has rows of
 * @param leftOut columns that are no features; identifiers among them have rows all the same, as in
 *     a longer time they may be none, and may be missing in any
 * @param segments the columns by whose values it has rows too; null and the values without a name
 *     have one each
 */
public record ProfileHeader(
    int format,
    String model,
    String modelVersion,
    boolean exact,
    List<Source> sources,
    List<Column> columns,
    List<Feature> features,
    List<LeftOut> leftOut,
    List<SegmentValues> segments)
    implements Serializable {
  /** Under which the footer has it. */
  public static final String KEY = "plumbline.profile";

  /** The version that this code writes, and the only one that it reads. */
  public static final int FORMAT = 4;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * Data that went into the profile.
   *
   * @param checksum of the names, lengths and footers of its files
   */
  public record Source(String uri, String checksum, long rows) implements Serializable {
    /** By checksum, so that the order of merging leaves no trace. */
    public static final Comparator<Source> ORDER =
        Comparator.comparing(Source::checksum).thenComparing(Source::uri);
  }

  /**
   * A column of the data.
   *
   * @param type how its cells are read; none if none has a value
   * @param scale digits behind the point of a decimal, else 0
   * @param physical the type as the file's schema names it
   * @param greatest no integer of the column, and no unscaled value of a decimal, is further from
   *     0; 0 for other types
   */
  public record Column(String name, String type, int scale, String physical, BigInteger greatest)
      implements Serializable {}

  /**
   * A feature that has rows.
   *
   * @param kind numeric, categorical, embedding or multivariate
   * @param bins the number of quantile bins
   * @param members the columns of a multivariate feature, else empty
   * @param segmented whether it has rows of segments too
   * @param named whether who took the profile named it, so that it is no identifier whatever its
   *     values are like
   */
  public record Feature(
      String name, String kind, int bins, List<String> members, boolean segmented, boolean named)
      implements Serializable {}

  /** A column that is no feature, and why. */
  public record LeftOut(String column, String reason) implements Serializable {}

  /** Why a column is no feature, if it is none. */
  public Optional<String> reasonWithout(String column) {
    return leftOut.stream()
        .filter(left -> left.column.equals(column))
        .map(LeftOut::reason)
        .findFirst();
  }

  /** All rows that went into the profile. */
  public long rows() {
    return sources.stream().mapToLong(Source::rows).sum();
  }

  /** Of all the data: its own checksum, or one of those of its parts, in whatever order. */
  public String checksum() {
    if (sources.size() == 1) {
      return sources.get(0).checksum;
    }
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    sources.stream()
        .map(Source::checksum)
        .sorted()
        .forEach(checksum -> digest.update((checksum + "\n").getBytes(StandardCharsets.UTF_8)));
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  public String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a header that has no JSON", e);
    }
  }

  /**
   * @throws IOException if it is of another version, or damaged
   */
  public static ProfileHeader parse(String json) throws IOException {
    JsonNode document = MAPPER.readTree(json);
    if (document.path("format").asInt() != FORMAT) {
      throw new IOException(
          "a profile of format %s; expected %s: take it anew with this version of plumbline"
              .formatted(document.path("format").asText("unknown"), FORMAT));
    }
    return MAPPER.treeToValue(document, ProfileHeader.class);
  }
}
