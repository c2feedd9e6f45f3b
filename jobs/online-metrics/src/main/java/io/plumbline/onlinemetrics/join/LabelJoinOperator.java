package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.Label;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.model.KnownModel;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.ingest.Positioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps what is known of each id until its horizon has passed, keyed by the id's bucket. It costs
 * one look-up for each event; the state is written to before a barrier.
 */
final class LabelJoinOperator extends AbstractStreamOperator<Joined>
    implements TwoInputStreamOperator<Positioned<Answer>, Positioned<Label>, Joined>,
        Triggerable<Integer, Long> {
  private final ModelsView models;
  private final FoldMemory memory;
  private final long allowedLateness;
  private final Refusals refusals;

  private transient IdHasher hasher;
  private transient IdHash hash;
  private transient KnownIds ids;
  private transient InternalTimerService<Long> timers;
  private transient Expiry expiry;
  private transient Changes changes;
  private transient Counter duplicates;
  private transient Counter refused;
  private transient Counter orphaned;

  /**
   * @param memory of what has changed since the last barrier
   * @param allowedLateness in milliseconds
   */
  LabelJoinOperator(ModelsView models, FoldMemory memory, long allowedLateness, Refusals refusals) {
    this.models = models;
    this.memory = memory;
    this.allowedLateness = allowedLateness;
    this.refusals = refusals;
  }

  @Override
  public void open() throws Exception {
    super.open();
    models.open();
    hasher = new IdHasher();
    ids =
        new KnownIds(
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "ids",
                        JoinTypes.ID_HASH,
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
            memory.in(getRuntimeContext()));
    timers = getInternalTimerService("expiry", LongSerializer.INSTANCE, this);
    expiry = new Expiry(dueLists(), timers, allowedLateness);
    StreamRecord<Joined> record = new StreamRecord<>(null);
    changes =
        new Changes(
            allowedLateness,
            joined -> output.collect(record.replace(joined, joined.prediction().ts())));
    duplicates = getMetricGroup().counter("duplicate_predictions");
    refused = getMetricGroup().counter("dead_letters");
    orphaned = getMetricGroup().counter("labels_orphaned");
  }

  private InternalListState<Integer, Long, IdHash> dueLists() throws Exception {
    ListStateDescriptor<IdHash> descriptor = new ListStateDescriptor<>("due", JoinTypes.ID_HASH);
    ListState<IdHash> lists = getOrCreateKeyedState(LongSerializer.INSTANCE, descriptor);
    @SuppressWarnings("unchecked") // what every backend makes of a list in a namespace
    var internal = (InternalListState<Integer, Long, IdHash>) lists;
    return internal;
  }

  @Override
  public void close() throws Exception {
    models.close();
    super.close();
  }

  /** Hashes the id, once for the key and for the state. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as Flink declares it
  public void setKeyContextElement1(StreamRecord record) {
    hash =
        hasher.hash(((StreamRecord<Positioned<Answer>>) record).getValue().event().predictionId());
    setCurrentKey(hash.bucket());
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as Flink declares it
  public void setKeyContextElement2(StreamRecord record) {
    hash =
        hasher.hash(((StreamRecord<Positioned<Label>>) record).getValue().event().predictionId());
    setCurrentKey(hash.bucket());
  }

  @Override
  public void processElement1(StreamRecord<Positioned<Answer>> element) throws Exception {
    Positioned<Answer> record = element.getValue();
    Answer answer = record.event();
    KnownId before = ids.get(hash);
    if (before.has(answer.model(), answer.modelVersion())) {
      duplicates.inc();
      return;
    }
    KnownModel model = models.current().model(answer.model());
    Answer inRole = answer.role() == null ? answer.in(role(answer, model)) : answer;
    List<String> segments = Intake.segments(answer, model);
    KeptPrediction prediction;
    try {
      if (before.predictions().size() == KnownId.MOST_PREDICTIONS) {
        throw new Malformed(
            "expected at most %d predictions with one id".formatted(KnownId.MOST_PREDICTIONS));
      }
      prediction = Intake.kept(inRole, model, segments);
    } catch (Malformed e) {
      refuse(refusals.of(answer, record.partition(), record.offset(), e.getMessage(), now()));
      return;
    }
    output.collect(
        LabelJoin.FRESH, new StreamRecord<>(new FreshPrediction(inRole, segments), answer.ts()));
    changes.added(before, prediction);
    update(before, refuseLabels(before.with(prediction), prediction, answer.predictionId()));
  }

  private static Role role(Answer answer, KnownModel model) {
    return model == null ? Role.CHAMPION : model.role(answer.modelVersion());
  }

  /** Refuses labels that had come before anybody could know that they are none. */
  private KnownId refuseLabels(KnownId known, KeptPrediction prediction, String id) {
    List<KeptLabel> labels = null;
    for (int i = 0; i < known.labels().size(); i++) {
      KeptLabel label = known.labels().get(i);
      if (!label.isRefused() && Truths.refuse(label, prediction)) {
        refuse(label, id, prediction);
        labels = labels == null ? new ArrayList<>(known.labels()) : labels;
        labels.set(i, label.refused());
      }
    }
    return labels == null ? known : known.withLabels(labels);
  }

  @Override
  public void processElement2(StreamRecord<Positioned<Label>> element) throws Exception {
    Positioned<Label> record = element.getValue();
    Label event = record.event();
    KeptLabel label = KeptLabel.of(event, record.partition(), record.offset());
    KnownId before = ids.get(hash);
    long longest = models.current().longestHorizon();
    long watermark = timers.currentWatermark();
    if (!before.hasPredictions() && changes.isOver(event.ts() + longest, watermark)) {
      orphan(label, event.predictionId());
      return;
    }
    if (!before.takes(label)) {
      return;
    }
    KeptPrediction refusing = refusing(before, label, watermark);
    if (refusing != null) {
      refuse(label, event.predictionId(), refusing);
      label = label.refused();
    }
    KnownId after = before.with(label, event.predictionId(), longest);
    changes.labelled(before, after, watermark);
    update(before, after);
  }

  /** A prediction for whose task a label is none; null: there is none. */
  private KeptPrediction refusing(KnownId known, KeptLabel label, long watermark) {
    for (KeptPrediction prediction : known.predictions()) {
      if (!changes.isOver(prediction.horizonEnd(), watermark) && Truths.refuse(label, prediction)) {
        return prediction;
      }
    }
    return null;
  }

  private void update(KnownId before, KnownId after) throws Exception {
    ids.put(hash, after);
    int bucket = hash.bucket();
    long due = Expiry.due(after, bucket);
    if (due != Expiry.due(before, bucket)) {
      expiry.enter(hash, due);
    }
    if (ids.isFull()) {
      store();
    }
  }

  /** Writes what is held on the heap to the state. */
  private void store() throws Exception {
    ids.store(this::setCurrentKey);
    expiry.append(this::setCurrentKey);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (expiry.isDue(mark.getTimestamp())) {
      expiry.append(this::setCurrentKey);
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    store();
  }

  @Override
  public void onEventTime(InternalTimer<Integer, Long> timer) throws Exception {
    long due = timer.getNamespace();
    int bucket = timer.getKey();
    expiry.takeOut(
        timer.getNamespace(),
        bucket,
        id -> {
          KnownId known = ids.get(id);
          // Else it is in the list of a later time.
          if (!known.isNothing() && Expiry.due(known, bucket) <= due) {
            ids.remove(id);
            if (!known.hasPredictions()) {
              known.labels().forEach(label -> orphan(label, known.id()));
            }
          }
        });
  }

  @Override
  public void onProcessingTime(InternalTimer<Integer, Long> timer) {
    throw new IllegalStateException("there are no timers by the clock");
  }

  private void orphan(KeptLabel label, String id) {
    orphaned.inc();
    output.collect(LabelJoin.ORPHANS, new StreamRecord<>(new Orphan(label.ts()), label.ts()));
    refuse(
        refusals.of(
            label, id, "orphan: no prediction with this id has come within its horizon", now()));
  }

  private void refuse(KeptLabel label, String id, KeptPrediction prediction) {
    ServedVersion served = prediction.served();
    String reason =
        "expected %s as label of model %s, found \"%s\""
            .formatted(
                served.classes() == null ? "a finite number" : "one of its two classes",
                Malformed.shown(served.model()),
                Malformed.shown(label.label()));
    refuse(refusals.of(label, id, reason, now()));
  }

  private void refuse(DeadLetter letter) {
    refused.inc();
    output.collect(LabelJoin.DEAD_LETTERS, new StreamRecord<>(letter));
  }

  private Instant now() {
    return Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
  }
}
