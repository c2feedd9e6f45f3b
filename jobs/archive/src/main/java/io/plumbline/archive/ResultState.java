package io.plumbline.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * One state of one result, on its way from a topic to its table. The JSON stays as it is until it
 * is written, so that what waits in a savepoint can be read by any version.
 *
 * @param table the table's name
 * @param identity of the result, within its table
 * @param job the partition
 * @param computedAt epoch milliseconds; the greatest counts
 * @param json known to be readable as a row of the table
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ResultState(String table, String identity, String job, long computedAt, byte[] json) {

  LocalDate date() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(computedAt), ZoneOffset.UTC);
  }

  ResultState ofJob(String otherJob) {
    return new ResultState(table, identity, otherJob, computedAt, json);
  }
}
