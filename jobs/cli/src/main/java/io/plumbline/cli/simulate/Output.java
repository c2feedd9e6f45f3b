package io.plumbline.cli.simulate;

import io.plumbline.events.Topic;

/** Where the records go. */
interface Output extends AutoCloseable {
  /**
   * @param millis the record's timestamp
   */
  void send(Topic topic, byte[] key, byte[] value, long millis);

  /** Lets go of what is buffered; called whenever there is time. False: nobody reads any more. */
  boolean flush();

  /** Waits until all is delivered. */
  @Override
  void close();
}
