package io.plumbline.onlinemetrics.join;

import static io.plumbline.onlinemetrics.join.JoinHarness.answer;
import static io.plumbline.onlinemetrics.join.JoinHarness.in;
import static io.plumbline.onlinemetrics.join.JoinHarness.number;
import static io.plumbline.onlinemetrics.join.JoinHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.join.JoinHarness.Backend;
import io.plumbline.onlinemetrics.model.BinaryClass;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.onlinemetrics.model.KnownModels;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.runtime.config.ModelConfig.Task;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.decode.AnswerDecoder;
import io.plumbline.runtime.decode.LabelDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the join gives for which events. */
class LabelJoinTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long LATENESS =
      PlumblineConfig.defaults().ingest().allowedLateness().toMillis();

  private static final String CONFIG =
      """
      features:
        - {name: country, type: categorical, categories: [DE, FR]}
      models:
        - name: credit
          task: binary
          label_horizon: 1h
          segments: [{column: country}]
          versions: [{version: v3, role: champion}, {version: v4, role: shadow}, {version: v2, role: retired}]
        - {name: fraud, task: binary, label_horizon: 2h, positive: fraud, negative: fine, threshold: 0.7}
        - {name: topic, task: multiclass, label_horizon: 1h}
        - {name: price, task: regression, label_horizon: 1h}
        - {name: open, label_horizon: 1h}
      """;

  private final Models.Changing models = new Models.Changing();
  private JoinHarness join;

  private void open(Backend backend) throws Exception {
    models.change(CONFIG);
    join = new JoinHarness(models, backend);
  }

  @AfterEach
  void close() throws Exception {
    if (join != null) {
      join.close();
    }
  }

  private static Answer credit(String id, long ts, double score) {
    return answer(id, "credit", "v3", ts, score);
  }

  private static Truth positive(long ts, String label) {
    return new Truth(ts, label, BinaryClass.POSITIVE, Double.NaN);
  }

  private static Truth negative(long ts, String label) {
    return new Truth(ts, label, BinaryClass.NEGATIVE, Double.NaN);
  }

  private List<String> reasons() {
    return join.deadLetters().stream().map(DeadLetter::reason).toList();
  }

  @ParameterizedTest
  @EnumSource
  void aLabelMeetsItsPrediction(Backend backend) throws Exception {
    open(backend);
    join.predict(in(credit("p", NOON, 0.6), "country=DE"));
    KeptPrediction kept =
        new KeptPrediction(
            new ServedVersion("credit", "v3", Role.CHAMPION, Task.BINARY, HOUR, ClassRule.STANDARD),
            List.of("country=DE"),
            NOON,
            false,
            0.6,
            BinaryClass.POSITIVE,
            null,
            null);
    assertThat(join.joined()).containsExactly(new Joined(kept, null, null, Labelling.NONE));
    assertThat(join.fresh())
        .containsExactly(
            new FreshPrediction(
                in(credit("p", NOON, 0.6), "country=DE").in(Role.CHAMPION), List.of("country=DE")));
    join.restore();
    join.label(text("p", NOON + MINUTE, "true"));
    Labelling first = new Labelling(positive(NOON + MINUTE, "true"), 0, 0);
    assertThat(join.joined()).containsExactly(new Joined(kept, null, Labelling.NONE, first));
    join.label(text("p", NOON + 3 * MINUTE, "false"));
    Labelling corrected = new Labelling(negative(NOON + 3 * MINUTE, "false"), 1, 0);
    assertThat(join.joined()).containsExactly(new Joined(kept, null, first, corrected));
    // Between the two: a correction that was corrected already.
    join.label(text("p", NOON + 2 * MINUTE, "true"));
    Labelling again = new Labelling(negative(NOON + 3 * MINUTE, "false"), 2, 0);
    assertThat(join.joined()).containsExactly(new Joined(kept, null, corrected, again));
    join.restore();
    join.label(text("p", NOON + 2 * MINUTE, "true"));
    join.label(text("p", NOON + 3 * MINUTE, "false"));
    assertThat(join.joined()).isEmpty();
    assertThat(join.orphans()).isEmpty();
    assertThat(join.deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aLabelThatComesFirstWaits(Backend backend) throws Exception {
    open(backend);
    join.label(text("p", NOON, "1"));
    join.label(text("p", NOON + MINUTE, "0"));
    assertThat(join.joined()).isEmpty();
    join.restore();
    join.predict(credit("p", NOON - MINUTE, 0.4));
    assertThat(join.joined())
        .singleElement()
        .satisfies(
            joined -> {
              assertThat(joined.isNew()).isTrue();
              assertThat(joined.prediction().predictedClass()).isEqualTo(BinaryClass.NEGATIVE);
              assertThat(joined.after())
                  .isEqualTo(new Labelling(negative(NOON + MINUTE, "0"), 1, 0));
            });
    join.watermark(NOON + 100 * HOUR);
    assertThat(join.orphans()).isEmpty();
    assertThat(join.entries()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aSecondPredictionOfTheSameIdentityCountsNowhere(Backend backend) throws Exception {
    open(backend);
    join.predict(credit("p", NOON, 0.6));
    join.joined();
    join.fresh();
    join.predict(credit("p", NOON + MINUTE, 0.1));
    join.predict(credit("p", NOON, 7));
    assertThat(join.joined()).isEmpty();
    assertThat(join.fresh()).isEmpty();
    assertThat(join.deadLetters()).isEmpty();
    join.predict(answer("p", "credit", "v2", NOON, 0.6));
    assertThat(join.fresh()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aLabelBeyondTheHorizonIsExpired(Backend backend) throws Exception {
    open(backend);
    join.predict(credit("p", NOON, 0.6));
    join.label(text("p", NOON + HOUR, "1"));
    Labelling inTime = new Labelling(positive(NOON + HOUR, "1"), 0, 0);
    assertThat(join.joined()).extracting(Joined::after).containsExactly(Labelling.NONE, inTime);
    join.label(text("p", NOON + HOUR + 1, "0"));
    Labelling tooLate = new Labelling(positive(NOON + HOUR, "1"), 0, 1);
    assertThat(join.joined()).extracting(Joined::after).containsExactly(tooLate);
    // The same where it comes first.
    join.label(text("q", NOON + HOUR + 1, "0"));
    join.predict(credit("q", NOON, 0.6));
    assertThat(join.joined()).extracting(Joined::after).containsExactly(new Labelling(null, 0, 1));
  }

  @ParameterizedTest
  @EnumSource
  void aLabelThatComesWhenTheHorizonIsOverIsExpiredWhileTheEntryStands(Backend backend)
      throws Exception {
    open(backend);
    join.predict(credit("p", NOON, 0.6));
    long over = NOON + HOUR + LATENESS;
    join.watermark(over - 1);
    join.label(text("p", NOON + MINUTE, "1"));
    Labelling inTime = new Labelling(positive(NOON + MINUTE, "1"), 0, 0);
    assertThat(join.joined()).extracting(Joined::after).containsExactly(Labelling.NONE, inTime);
    join.predict(credit("q", NOON, 0.6));
    join.joined();
    join.watermark(over);
    if (join.entries() > 0) {
      join.label(text("p", NOON + 2 * MINUTE, "0"));
      join.label(text("p", NOON + 2 * MINUTE, "0"));
      assertThat(join.joined())
          .singleElement()
          .satisfies(
              joined -> {
                assertThat(joined.before()).isEqualTo(inTime);
                assertThat(joined.after()).isEqualTo(new Labelling(inTime.truth(), 0, 1));
              });
    }
    // A sixteenth later nothing stands any more.
    join.watermark(over + HOUR / 16);
    assertThat(join.entries()).isZero();
    join.label(text("p", NOON + 3 * MINUTE, "1"));
    join.watermark(over + 3 * HOUR);
    assertThat(join.joined()).isEmpty();
    assertThat(join.orphans()).containsExactly(new Orphan(NOON + 3 * MINUTE));
    assertThat(reasons()).singleElement().asString().startsWith("orphan: ");
  }

  @ParameterizedTest
  @EnumSource
  void aLabelThatMeetsNothingWaitsForTheLongestHorizon(Backend backend) throws Exception {
    open(backend);
    join.label(number("p", NOON, 1.5));
    join.restore();
    join.watermark(NOON + 2 * HOUR + LATENESS - 1);
    assertThat(join.orphans()).isEmpty();
    join.watermark(NOON + 2 * HOUR + LATENESS + 2 * HOUR / 16);
    assertThat(join.orphans()).containsExactly(new Orphan(NOON));
    DeadLetter letter = join.deadLetters().get(0);
    assertThat(letter.topic()).isEqualTo("plumbline.labels");
    assertThat(letter.partition()).isEqualTo(2);
    assertThat(letter.offset()).isZero();
    assertThat(letter.reason()).startsWith("orphan: ");
    assertThat(new LabelDecoder(Map.of(), 8).decode(letter.bytes()))
        .isEqualTo(number("p", NOON, 1.5));
    assertThat(join.entries()).isZero();
    // By now one that comes so late is an orphan at once.
    join.label(number("q", NOON, 1));
    assertThat(join.orphans()).containsExactly(new Orphan(NOON));
    assertThat(join.entries()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aScoreThatIsNoProbabilityIsRefused(Backend backend) throws Exception {
    open(backend);
    Answer bad = in(answer("p", "credit", "v3", NOON, 1.5), "country=DE");
    join.predict(bad);
    assertThat(join.joined()).isEmpty();
    assertThat(join.fresh()).isEmpty();
    DeadLetter letter = join.deadLetters().get(0);
    assertThat(letter.topic()).isEqualTo("plumbline.predictions");
    assertThat(letter.partition()).isEqualTo(1);
    assertThat(letter.reason()).isEqualTo("expected a probability as score, found 1.5");
    assertThat(new AnswerDecoder(Map.of(), 8, 10, List.of("country")).decode(letter.bytes()))
        .isEqualTo(bad);
    Answer classes =
        answer("p", "topic", "v1", NOON, null, Map.of("a", -0.1, "b", 0.5), null, null);
    join.predict(classes);
    letter = join.deadLetters().get(0);
    assertThat(new AnswerDecoder(Map.of(), 8, 10, List.of()).decode(letter.bytes()))
        .isEqualTo(classes);
    // What is not finite says nothing, and is to be found out: it is no mistake of the record's.
    join.predict(answer("n", "credit", "v3", NOON, Double.NaN));
    join.predict(answer("i", "credit", "v3", NOON, Double.POSITIVE_INFINITY));
    assertThat(join.joined())
        .hasSize(2)
        .allSatisfy(
            joined -> {
              assertThat(joined.prediction().output()).isNaN();
              assertThat(joined.prediction().predictedClass()).isNull();
            });
    assertThat(join.fresh()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void aLabelThatIsNeitherClassIsRefusedOnceInWhateverOrderItComes(Backend backend)
      throws Exception {
    open(backend);
    join.predict(credit("p", NOON, 0.6));
    join.label(text("p", NOON + MINUTE, "1"));
    join.joined();
    join.label(text("p", NOON + 2 * MINUTE, "maybe"));
    assertThat(join.joined()).isEmpty();
    assertThat(reasons())
        .containsExactly(
            "expected one of its two classes as label of model credit, found \"maybe\"");
    join.label(text("p", NOON + 2 * MINUTE, "maybe"));
    join.predict(answer("p", "credit", "v4", NOON, 0.6));
    assertThat(reasons()).isEmpty();
    join.joined();

    join.label(text("q", NOON + 2 * MINUTE, "maybe"));
    join.label(text("q", NOON + MINUTE, "1"));
    join.restore();
    join.predict(credit("q", NOON, 0.6));
    assertThat(join.joined())
        .extracting(Joined::after)
        .containsExactly(new Labelling(positive(NOON + MINUTE, "1"), 0, 0));
    DeadLetter letter = join.deadLetters().get(0);
    assertThat(letter.partition()).isEqualTo(2);
    assertThat(letter.offset()).isEqualTo(5);
    assertThat(new LabelDecoder(Map.of(), 8).decode(letter.bytes()))
        .isEqualTo(text("q", NOON + 2 * MINUTE, "maybe"));
    join.predict(answer("q", "credit", "v4", NOON, 0.6));
    assertThat(reasons()).isEmpty();
  }

  @Test
  void classesAreThoseOfTheModelWhenThePredictionCame() throws Exception {
    open(Backend.HEAP);
    join.predict(answer("p", "fraud", "v1", NOON, 0.6));
    models.change(CONFIG.replace("positive: fraud", "positive: bad").replace("2h", "1m"));
    join.label(text("p", NOON + HOUR, "fraud"));
    assertThat(join.joined())
        .extracting(Joined::after)
        .containsExactly(Labelling.NONE, new Labelling(positive(NOON + HOUR, "fraud"), 0, 0));
    join.label(text("p", NOON + HOUR, "bad"));
    assertThat(reasons()).hasSize(1);
    join.predict(answer("q", "fraud", "v1", NOON, 0.7));
    join.label(text("q", NOON + MINUTE, "bad"));
    assertThat(join.joined())
        .extracting(Joined::after)
        .containsExactly(Labelling.NONE, new Labelling(positive(NOON + MINUTE, "bad"), 0, 0));
  }

  @Test
  void aClassIsTheLabelElseByTheThreshold() throws Exception {
    open(Backend.HEAP);
    join.predict(answer("a", "fraud", "v1", NOON, 0.69));
    join.predict(answer("b", "fraud", "v1", NOON, 0.7));
    join.predict(answer("c", "fraud", "v1", NOON, 0.1, null, null, "fraud"));
    join.predict(answer("d", "fraud", "v1", NOON, 0.1, null, null, "neither"));
    join.predict(
        answer("e", "fraud", "v1", NOON, null, Map.of("fine", 0.1, "fraud", 0.9), null, null));
    assertThat(join.joined())
        .extracting(joined -> joined.prediction().predictedClass())
        .containsExactly(
            BinaryClass.NEGATIVE,
            BinaryClass.POSITIVE,
            BinaryClass.POSITIVE,
            null,
            BinaryClass.POSITIVE);
  }

  @Test
  void theOtherTasksKeepWhatTheirMetricsNeed() throws Exception {
    open(Backend.ROCKSDB);
    join.predict(
        answer("t", "topic", "v1", NOON, null, Map.of("b", 0.5, "a", 0.2, "c", 0.3), null, null));
    join.predict(answer("l", "topic", "v1", NOON, null, null, null, "c"));
    join.predict(
        answer("n", "topic", "v1", NOON, null, Map.of("a", Double.NaN, "b", 0.5), null, null));
    join.predict(answer("r", "price", "v1", NOON, null, null, 12.5, null));
    List<Joined> given = join.joined();
    assertThat(given.get(0).prediction().scores().classes()).containsExactly("a", "b", "c");
    assertThat(given.get(0).prediction().scores().score(1)).isEqualTo(0.5);
    assertThat(given.get(0).prediction().predictedLabel()).isEqualTo("b");
    assertThat(given.get(1).prediction().predictedLabel()).isEqualTo("c");
    assertThat(given.get(2).prediction().scores()).isNull();
    assertThat(given.get(2).prediction().predictedLabel()).isNull();
    assertThat(given.get(3).prediction().output()).isEqualTo(12.5);
    join.label(number("t", NOON, 5));
    join.label(number("r", NOON, 13.25));
    assertThat(join.joined())
        .extracting(joined -> joined.after().truth())
        .containsExactly(
            new Truth(NOON, "5", null, Double.NaN), new Truth(NOON, "13.25", null, 13.25));
    join.label(text("r", NOON + 1, "13.25"));
    assertThat(join.joined()).isEmpty();
    assertThat(reasons())
        .containsExactly("expected a finite number as label of model price, found \"13.25\"");
  }

  @ParameterizedTest
  @EnumSource
  void ofAModelThatIsNotKnownIdsAreKeptSoThatLabelsAreNoOrphans(Backend backend) throws Exception {
    open(backend);
    join.predict(answer("p", "unknown", "v1", NOON, 7.0));
    join.predict(answer("q", "open", "v1", NOON, 7.0));
    assertThat(join.fresh())
        .extracting(fresh -> fresh.answer().role())
        .containsExactly(Role.CHAMPION, Role.CHAMPION);
    join.label(text("p", NOON + 20 * HOUR, "anything"));
    join.label(text("q", NOON, "anything"));
    join.watermark(NOON + KnownModels.DEFAULT_HORIZON - 1);
    assertThat(join.entries()).isPositive();
    join.watermark(NOON + 2 * KnownModels.DEFAULT_HORIZON);
    assertThat(join.entries()).isZero();
    assertThat(join.joined()).isEmpty();
    assertThat(join.orphans()).isEmpty();
    assertThat(join.deadLetters()).isEmpty();
  }

  @Test
  void aRoleIsThePredictionsElseItsVersions() throws Exception {
    open(Backend.HEAP);
    for (String version : List.of("v2", "v3", "v4", "v5")) {
      join.predict(answer(version, "credit", version, NOON, 0.5));
    }
    join.predict(answer("own", "credit", "v4", NOON, 0.5).in(Role.CHAMPION));
    assertThat(join.fresh())
        .extracting(fresh -> fresh.answer().role())
        .containsExactly(Role.CHAMPION, Role.CHAMPION, Role.SHADOW, Role.CHAMPION, Role.CHAMPION);
  }

  @ParameterizedTest
  @EnumSource
  void aShadowIsPairedWithTheChampionOfItsModel(Backend backend) throws Exception {
    open(backend);
    join.predict(answer("p", "credit", "v4", NOON, 0.2));
    join.predict(answer("p", "fraud", "v1", NOON, 0.2));
    join.label(text("p", NOON + 1, "0"));
    join.joined();
    join.predict(credit("p", NOON + MINUTE, 0.6));
    List<Joined> given = join.joined();
    assertThat(given).hasSize(2).extracting(Joined::isPair).containsExactly(false, true);
    Joined pair = given.get(1);
    assertThat(pair.prediction().served().version()).isEqualTo("v4");
    assertThat(pair.champion().served().version()).isEqualTo("v3");
    assertThat(pair.isNew()).isTrue();
    assertThat(pair.after()).isEqualTo(new Labelling(negative(NOON + 1, "0"), 0, 0));
    join.restore();
    // It counts for the later one of the two alone.
    join.label(text("p", NOON + HOUR + 1, "1"));
    given = join.joined();
    assertThat(given).extracting(Joined::isPair).containsExactly(false, false);
    join.label(text("p", NOON + HOUR, "1"));
    assertThat(join.joined())
        .filteredOn(Joined::isPair)
        .extracting(Joined::after)
        .containsExactly(new Labelling(positive(NOON + HOUR, "1"), 0, 0));
  }

  @Test
  void whatIsKeptOfAnIdIsBounded() throws Exception {
    open(Backend.HEAP);
    for (int i = 0; i <= KnownId.MOST_PREDICTIONS; i++) {
      join.predict(answer("p", "credit", "v" + i, NOON, 0.5));
    }
    assertThat(join.fresh()).hasSize(KnownId.MOST_PREDICTIONS);
    assertThat(reasons()).containsExactly("expected at most 16 predictions with one id");
    join.joined();
    for (int i : IntStream.rangeClosed(0, 40).toArray()) {
      // 0, 40, 1, 39, ...
      join.label(text("q", NOON + (i % 2 == 0 ? i / 2 : 40 - i / 2), i % 3 == 0 ? "1" : "0"));
    }
    join.predict(credit("q", NOON, 0.5));
    assertThat(join.joined())
        .extracting(joined -> joined.after().corrections())
        .containsExactly(KnownId.MOST_LABELS - 1);
    Map<String, Double> classes = new java.util.HashMap<>();
    IntStream.range(0, 5000).forEach(i -> classes.put("class_" + i, 0.0));
    join.predict(answer("many", "topic", "v1", NOON, null, classes, null, null));
    assertThat(reasons())
        .singleElement()
        .asString()
        .startsWith("expected names and classes of at most 32768 bytes together, found ");
  }

  @Test
  void deadLettersSayWhatCameInUtf8() throws Exception {
    open(Backend.HEAP);
    join.predict(answer("é", "credit", "v3", NOON, 2.0).in(Role.SHADOW));
    assertThat(new String(join.deadLetters().get(0).bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"model\":\"credit\",\"model_version\":\"v3\",\"prediction_id\":\"é\",\"role\":\"shadow\",\"score\":2.0,\"ts\":\"2025-11-25T12:00:00.000Z\"}");
  }
}
