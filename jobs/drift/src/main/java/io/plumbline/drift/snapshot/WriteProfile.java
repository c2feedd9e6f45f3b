package io.plumbline.drift.snapshot;

import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.scan.ProfilePart;
import io.plumbline.parquet.FlinkOutputFile;
import io.plumbline.parquet.Staging;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.ProfileRows;
import io.plumbline.runtime.memory.TaskMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/**
 * Puts the parts of each feature and segment together and writes them as the rows of one file,
 * which appears when it is whole.
 *
 * <p>Its input is sorted by feature and segment, as in batch mode that of every keyed operator is:
 * so one of them is in memory at a time, and the rows stand in that order.
 */
final class WriteProfile extends AbstractStreamOperator<WrittenProfile>
    implements OneInputStreamOperator<ProfilePart, WrittenProfile>, BoundedOneInput {
  private static final int NO_KEY = -1;

  /** At most so many cells of values, where not every value is kept. */
  private static final int CELLS = 1 << 14;

  private static final int CELLS_OF_A_SEGMENT = 1 << 11;

  private final SnapshotPlan plan;
  private final int exactValues;
  private final Map<String, ProfileHeader.Feature> written = new LinkedHashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** How many of those have rows all the same, as the features of another day's profile may be. */
  private int identifiers;

  private final Set<Integer> without = new HashSet<>();
  private transient Staging staging;
  private transient Path temporary;
  private transient TableWriter<ProfileRow> writer;
  private transient FeatureSummary summary;
  private transient long categoryBytes;
  private int key = NO_KEY;

  /**
   * @param exactValues distinct values up to which a distribution is exact while it is put together
   */
  WriteProfile(SnapshotPlan plan, int exactValues) {
    this.plan = plan;
    this.exactValues = exactValues;
  }

  @Override
  public void open() throws Exception {
    super.open();
    categoryBytes = TaskMemory.bytes(getContainingTask().getEnvironment().getTaskManagerInfo());
    staging = Staging.open(new Path(plan.output()));
    temporary = staging.file(WrittenProfile.FILE);
    writer =
        TableWriter.create(
            new FlinkOutputFile(temporary),
            TableSchema.of(ProfileRow.class),
            () -> Map.of(ProfileHeader.KEY, plan.header(written.values(), leftOut).json()),
            WriterVersion.PARQUET_2_0);
  }

  @Override
  public void processElement(StreamRecord<ProfilePart> record) throws IOException {
    ProfilePart part = record.getValue();
    if (part.key() < key) {
      throw new IllegalStateException("part %s after part %s".formatted(part.key(), key));
    }
    if (part.key() != key) {
      writeSummary();
      writeEmptyUntil(part.key());
      key = part.key();
      summary = summary(key);
    }
    summary.add(part);
  }

  private void writeSummary() throws IOException {
    if (key != NO_KEY) {
      write(key, summary);
      summary = null;
    }
  }

  /** An input without rows gives no part, but its features are there. */
  private void writeEmptyUntil(int next) throws IOException {
    ScanPlan scan = plan.scan();
    for (int empty = key + 1; empty < next; empty++) {
      if (scan.segment(empty) == Segments.WHOLE) {
        write(empty, summary(empty));
      }
    }
  }

  private FeatureSummary summary(int ofKey) {
    // What is known of parts of a merged profile must not depend on which were merged before: so
    // it is put together in the cells that the file will have.
    int limit = plan.merges() && !plan.exact() ? cells(ofKey) : exactValues;
    return FeatureSummary.of(plan.scan().feature(ofKey), limit, categoryBytes);
  }

  private int cells(int ofKey) {
    if (plan.exact()) {
      return Integer.MAX_VALUE;
    }
    return plan.scan().segment(ofKey) == Segments.WHOLE ? CELLS : CELLS_OF_A_SEGMENT;
  }

  private void write(int ofKey, FeatureSummary values) throws IOException {
    PlannedFeature feature = plan.scan().feature(ofKey);
    int segment = plan.scan().segment(ofKey);
    Optional<String> givenUp = values.givenUp();
    if (givenUp.isPresent()) {
      // What fills it in a segment fills it in all rows, which come first.
      if (segment == Segments.WHOLE) {
        leftOut.add(new LeftOut(feature.name(), givenUp.get()));
        without.add(feature.index());
      }
      return;
    }
    if (without.contains(feature.index())) {
      return;
    }
    if (segment == Segments.WHOLE) {
      written.put(feature.name(), described(feature));
      Optional<String> identifier = values.leftOut();
      if (identifier.isPresent()) {
        leftOut.add(new LeftOut(feature.name(), identifier.get()));
        identifiers++;
      }
    }
    writer.write(
        values.row(
            new ProfileRows.Of(
                feature.name(), plan.scan().segments().text(segment), feature.kind().text()),
            cells(ofKey)));
  }

  private static ProfileHeader.Feature described(PlannedFeature feature) {
    return new ProfileHeader.Feature(
        feature.name(),
        feature.kind().text(),
        feature.bins(),
        feature.members().stream().map(column -> column.name()).toList(),
        feature.segmented(),
        feature.named());
  }

  @Override
  public void endInput() throws IOException {
    writeSummary();
    writeEmptyUntil(plan.scan().features().size() * plan.scan().segments().size());
    writer.close();
    writer = null;
    Path file = new Path(plan.output(), WrittenProfile.FILE);
    FileSystem fileSystem = file.getFileSystem();
    if (!fileSystem.rename(temporary, file)) {
      // Not every file system renames onto a file.
      fileSystem.delete(file, false);
      if (!fileSystem.rename(temporary, file)) {
        throw new IOException("%s: cannot be renamed to %s".formatted(temporary, file));
      }
    }
    output.collect(
        new StreamRecord<>(
            new WrittenProfile(
                file.toString(),
                plan.rows(),
                written.size() - identifiers,
                fileSystem.getFileStatus(file).getLen())));
    for (LeftOut column : leftOut) {
      output.collect(new StreamRecord<>(WrittenProfile.leftOut(column.column(), column.reason())));
    }
  }

  @Override
  public void close() throws Exception {
    // One that is still open has failed: what there is of the file is of no use.
    try (Staging removed = staging;
        TableWriter<ProfileRow> failed = writer) {
      super.close();
    }
  }
}
