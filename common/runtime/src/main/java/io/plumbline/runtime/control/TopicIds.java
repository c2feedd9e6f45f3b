package io.plumbline.runtime.control;

import org.apache.kafka.common.KafkaException;

/** The ids by which a broker tells topics of the same name apart. */
interface TopicIds extends AutoCloseable {
  /**
   * The id of the topic that has this name now.
   *
   * @throws KafkaException if there is no such topic, or the broker says nothing for 15 s
   */
  String of(String topic);

  /** Also from another thread: whoever waits for an answer waits no more. */
  @Override
  void close();
}
