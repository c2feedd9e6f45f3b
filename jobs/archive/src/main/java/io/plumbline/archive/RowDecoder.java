package io.plumbline.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.decode.ResultDecoder;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import java.util.ArrayList;
import java.util.List;

/** Reads a record of a result topic and makes sure that it is a row of its table. */
final class RowDecoder implements Decoder<ResultState> {
  private static final String JOB = "job";

  private final ArchiveTable table;
  private final ResultDecoder<? extends Record> results;

  RowDecoder(ArchiveTable table) {
    this.table = table;
    List<String> required = new ArrayList<>(table.identityFields());
    required.add(table.timeField());
    if (table.onlyJob().isEmpty()) {
      required.add(JOB);
    }
    results = new ResultDecoder<>(table.type(), required);
  }

  @Override
  public ResultState decode(byte[] json) throws Malformed {
    JsonNode row = results.read(json);
    String job = table.onlyJob().orElseGet(() -> row.path(JOB).textValue());
    long computedAt = EventJson.time(row.path(table.timeField())).toEpochMilli();
    return new ResultState(table.table(), table.identity(row), job, computedAt, json);
  }
}
