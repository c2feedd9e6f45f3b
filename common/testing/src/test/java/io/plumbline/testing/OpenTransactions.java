package io.plumbline.testing;

import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;

/** Transactions that a broker holds open. */
final class OpenTransactions implements AutoCloseable {
  private static final Set<TransactionState> OPEN =
      Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT);

  private final Admin admin;

  OpenTransactions(Properties client) {
    admin = Admin.create(client);
  }

  /** The ids of those that had begun by then and are neither committed nor aborted now. */
  List<String> begunBefore(Instant time) {
    List<String> ids =
        await(admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all())
            .stream()
            .map(TransactionListing::transactionalId)
            .toList();
    return await(admin.describeTransactions(ids).all()).entrySet().stream()
        .filter(found -> OPEN.contains(found.getValue().state()))
        .filter(
            found ->
                found.getValue().transactionStartTimeMs().orElse(Long.MAX_VALUE)
                    < time.toEpochMilli())
        .map(found -> found.getKey())
        .sorted()
        .toList();
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
