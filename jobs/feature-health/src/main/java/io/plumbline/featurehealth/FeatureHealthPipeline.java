package io.plumbline.featurehealth;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction;
import io.plumbline.featurehealth.freshness.FeatureNews;
import io.plumbline.featurehealth.freshness.FeatureSpec;
import io.plumbline.featurehealth.freshness.FeatureWatch;
import io.plumbline.featurehealth.freshness.LastSeen;
import io.plumbline.featurehealth.freshness.NewestOfPredictions;
import io.plumbline.featurehealth.freshness.NewestOfValues;
import io.plumbline.featurehealth.freshness.NewestTime;
import io.plumbline.featurehealth.registry.RegistryBase;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.featurehealth.skew.ServingSkew;
import io.plumbline.featurehealth.skew.Twin;
import io.plumbline.featurehealth.skew.TwinSampler;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.tally.PredictionFold;
import io.plumbline.featurehealth.tally.ValueFold;
import io.plumbline.featurehealth.window.Checks;
import io.plumbline.featurehealth.window.FeatureWindows;
import io.plumbline.featurehealth.window.ModelFeatures;
import io.plumbline.featurehealth.window.WindowSettings;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.aggregate.PartialAggregateOperator;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.Announcer;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.gauge.SeriesGauges;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.ingest.Ingest;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.state.EventTypes;
import io.plumbline.runtime.window.WholeWindows;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The graph: from events to what there is to say of features. */
public final class FeatureHealthPipeline {
  /** What the five folds and {@link LastSeen} take of the memory of a slot: all of it together. */
  private static final FoldMemory PREDICTIONS = FoldMemory.share(0.45);

  private static final FoldMemory FEATURES = FoldMemory.share(0.2);
  private static final FoldMemory NEWEST = FoldMemory.share(0.1);
  private static final FoldMemory LAST_SEEN = FoldMemory.share(0.05);

  /** A tenth of the shortest SLA that is promised to be watched to the second. */
  private static final Duration NEWEST_DELAY = Duration.ofMillis(300);

  private FeatureHealthPipeline() {}

  /**
   * What the job reads.
   *
   * @param late values that came too late for their window, which may still be the newest of their
   *     feature
   * @param progress whether both topics' sources have caught up
   * @param wholeFrom the time before which windows are not whole, for {@link WholeWindows}
   */
  public record Inputs(
      DataStream<Prediction> predictions,
      DataStream<FeatureValue> features,
      DataStream<FeatureValue> late,
      DataStream<ControlChange> control,
      DataStream<CatchUpState> progress,
      long wholeFrom) {
    /**
     * As the topics have them.
     *
     * @param control as the launcher read it
     */
    public static Inputs of(EventStreams streams, ControlSnapshot control) {
      SingleOutputStreamOperator<Prediction> predictions = streams.predictions();
      SingleOutputStreamOperator<FeatureValue> features = streams.features();
      return new Inputs(
          predictions,
          features,
          features.getSideOutput(Ingest.late(EventTypes.FEATURE_VALUE)),
          streams.control(control),
          streams.caughtUp(),
          streams.start().wholeFrom());
    }
  }

  /** What it says. */
  public record Outputs(DataStream<MetricPoint> metrics, DataStream<FeatureCheck> checks) {}

  /**
   * Builds the graph.
   *
   * @param view of the registry, for where values are counted
   * @param control as the launcher read it
   */
  public static Outputs build(
      Inputs in, PlumblineConfig config, RegistryView view, ControlSnapshot control) {
    SingleOutputStreamOperator<MetricPoint> models = models(in, config, view);
    DataStream<NewestTime> newest = newest(in, config, view);
    DataStream<FeatureNews> announced = announced(in, config, control, newest);
    SingleOutputStreamOperator<MetricPoint> features =
        features(in, config, view, announced.union(newestOfRegistered(newest)));
    return new Outputs(
        SeriesGauges.show(
            models.union(features, skew(in, config, view, announced)),
            new FeatureBadness(),
            config.limits().gauges(),
            "gauges"),
        models.getSideOutput(Checks.OUTPUT).union(features.getSideOutput(Checks.OUTPUT)));
  }

  private static SingleOutputStreamOperator<MetricPoint> models(
      Inputs in, PlumblineConfig config, RegistryView view) {
    Duration window = config.featureHealth().window();
    DataStream<FeatureBlock> blocks =
        PartialAggregateOperator.fold(
            in.predictions,
            new PredictionFold(view, window.toMillis(), config.limits().series()),
            PREDICTIONS,
            FeatureWindows.blockType(),
            "fold-predictions");
    return WholeWindows.only(
            blocks, part -> part.window().start(), in.wholeFrom, "whole-windows-of-predictions")
        .keyBy(FeatureBlock::key)
        .process(new ModelFeatures(WindowSettings.of(config)))
        .name("features of models")
        .uid("features-of-models");
  }

  private static SingleOutputStreamOperator<MetricPoint> features(
      Inputs in, PlumblineConfig config, RegistryView view, DataStream<FeatureNews> news) {
    Duration window = config.featureHealth().window();
    DataStream<FeatureBlock> blocks =
        PartialAggregateOperator.fold(
            in.features,
            new ValueFold(view, window.toMillis(), config.limits().series()),
            FEATURES,
            FeatureWindows.blockType(),
            "fold-features");
    return WholeWindows.only(
            blocks, part -> part.window().start(), in.wholeFrom, "whole-windows-of-features")
        .keyBy(FeatureHealthPipeline::onlyFeature)
        .connect(news.keyBy(FeatureNews::feature))
        .process(new FeatureWatch(WindowSettings.of(config)))
        .name("features by themselves")
        .uid("features-by-themselves");
  }

  private static DataStream<MetricPoint> skew(
      Inputs in, PlumblineConfig config, RegistryView view, DataStream<FeatureNews> announced) {
    Duration window = config.featureHealth().window();
    return twins(in.features, in.wholeFrom, window, view, "twins")
        .union(twins(in.late, in.wholeFrom, window, view, "late-twins"))
        .keyBy(Twin::feature)
        .connect(announced.keyBy(FeatureNews::feature))
        .process(new ServingSkew(window))
        .name("training/serving skew")
        .uid("serving-skew");
  }

  private static DataStream<Twin> twins(
      DataStream<FeatureValue> values,
      long wholeFrom,
      Duration window,
      RegistryView view,
      String name) {
    long length = window.toMillis();
    return WholeWindows.only(
        values.flatMap(new TwinSampler(view)).name("sample-" + name).uid("sample-" + name),
        twin -> Window.at(twin.time(), length).start(),
        wholeFrom,
        "whole-windows-of-" + name);
  }

  private static String onlyFeature(FeatureBlock block) {
    return block.features().keySet().iterator().next();
  }

  /** Each input is folded by itself, since a union before it would cut the fold from the source. */
  private static DataStream<NewestTime> newest(
      Inputs in, PlumblineConfig config, RegistryView view) {
    long limit = config.limits().series();
    return promptly(
            in.predictions,
            new NewestOfPredictions(view, config.ingest().maxFuture(), limit),
            "newest-of-predictions")
        .union(
            promptly(in.features, new NewestOfValues(view, limit), "newest-of-features"),
            promptly(in.late, new NewestOfValues(view, limit), "newest-of-late-features"));
  }

  /**
   * What the registry says. One task as far as the exchange by feature, so that two announcements
   * of a feature stay in order; and without event time, since the windows of values are those
   * values' own.
   */
  private static DataStream<FeatureNews> announced(
      Inputs in, PlumblineConfig config, ControlSnapshot control, DataStream<NewestTime> newest) {
    return Ingest.withoutTime(
        Announcer.announce(
                in.progress,
                in.control,
                control,
                ControlKind.FEATURE,
                FeatureSpec.of(RegistryBase.of(config)),
                TypeInformation.of(FeatureSpec.class),
                "registrations")
            .connect(
                newest
                    .filter(time -> !time.registered())
                    .name("newest of unregistered")
                    .uid("newest-of-unregistered"))
            .process(new LastSeen(config.limits().series(), LAST_SEEN))
            .name("last seen")
            .uid("last-seen")
            .setParallelism(1),
        "announcements-without-time");
  }

  /** Without event time too, but in any order: the newest counts. */
  private static DataStream<FeatureNews> newestOfRegistered(DataStream<NewestTime> newest) {
    return Ingest.withoutTime(
        newest
            .filter(NewestTime::registered)
            .name("newest of registered")
            .uid("newest-of-registered")
            .map(time -> FeatureNews.newest(time.feature(), time.time()))
            .name("newest as news")
            .uid("newest-as-news"),
        "newest-without-time");
  }

  private static <E> DataStream<NewestTime> promptly(
      DataStream<E> events, PartialAggregate<E, NewestTime> newest, String name) {
    return PartialAggregateOperator.foldPromptly(
        events, newest, NEWEST, NEWEST_DELAY, TypeInformation.of(NewestTime.class), name);
  }
}
