package io.plumbline.onlinemetrics.join;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.functions.KeySelector;

/** Keys events by the bucket of their prediction id. */
final class BucketSelector<E> implements KeySelector<E, Integer> {
  private final MapFunction<E, String> id;
  private transient IdHasher hasher;

  BucketSelector(MapFunction<E, String> id) {
    this.id = id;
  }

  @Override
  public Integer getKey(E event) throws Exception {
    if (hasher == null) {
      hasher = new IdHasher();
    }
    return hasher.hash(id.map(event)).bucket();
  }
}
