package io.plumbline.runtime.gauge;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes points on, and shows the worst series among them as gauges in Flink's dashboard and to its
 * metric reporters. A gauge leaves when its series does.
 *
 * <p>All gauges have the same labels in the same order, so that one rule gives them back their
 * names, behind which Flink puts the labels' names.
 */
public final class SeriesGauges extends AbstractStreamOperator<MetricPoint>
    implements OneInputStreamOperator<MetricPoint, MetricPoint> {
  private final Badness badness;
  private final int limit;
  private transient WorstSeries worst;
  private transient Map<String, Shown> gauges;

  private SeriesGauges(Badness badness, int limit) {
    this.badness = badness;
    this.limit = limit;
  }

  /**
   * The same points.
   *
   * @param limit of gauges in all tasks together ({@code limits.gauges})
   * @param name of the operator, and its uid
   */
  public static SingleOutputStreamOperator<MetricPoint> show(
      DataStream<MetricPoint> points, Badness badness, int limit, String name) {
    return points
        .transform(name, TypeInformation.of(MetricPoint.class), new SeriesGauges(badness, limit))
        .uid(name);
  }

  @Override
  public void open() throws Exception {
    super.open();
    int tasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    worst = new WorstSeries(limit == 0 ? 0 : Math.max(1, limit / tasks));
    gauges = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<MetricPoint> element) {
    MetricPoint point = element.getValue();
    List<String> gone =
        worst.offer(
            point, badness.of(point), getProcessingTimeService().getCurrentProcessingTime());
    gone.forEach(this::hide);
    if (worst.isShown(point.series())) {
      gauges.computeIfAbsent(point.series(), series -> show(point)).value =
          worst.value(point.series());
    }
    output.collect(element);
  }

  /** A series' value, which reporters read in threads of their own. */
  private static final class Shown implements Gauge<Double> {
    private final MetricGroup group;
    private volatile double value;

    Shown(MetricGroup group) {
      this.group = group;
    }

    @Override
    public Double getValue() {
      return value;
    }
  }

  private Shown show(MetricPoint point) {
    MetricGroup group =
        getMetricGroup()
            .addGroup("plumbline")
            .addGroup("model", point.model())
            .addGroup("model_version", point.modelVersion())
            .addGroup("feature", point.feature())
            .addGroup("segment", point.segment())
            .addGroup("quantile", point.labels().getOrDefault("quantile", ""))
            .addGroup("window", Series.length(WorstSeries.window(point)))
            .addGroup(point.metric());
    Shown shown = new Shown(group);
    group.gauge("value", shown);
    return shown;
  }

  private void hide(String series) {
    Shown shown = gauges.remove(series);
    // Flink's interface takes nothing back; its own groups do when they are closed.
    if (shown != null && shown.group instanceof AbstractMetricGroup<?> group) {
      group.close();
    }
  }
}
