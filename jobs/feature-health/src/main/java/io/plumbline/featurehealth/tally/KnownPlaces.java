package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureNames;
import io.plumbline.runtime.aggregate.BoundedMemo;

/**
 * What models' versions make of lists of names: each name of a list is looked up once, and not for
 * each prediction. Lists are the same only where they are identical.
 */
final class KnownPlaces {
  private final BoundedMemo<Key, FeaturePlaces> known;

  /** What was asked last, so that asking takes no object. */
  private final Key asked = new Key(null, null);

  private FeaturePlaces last;

  /**
   * @param mostBytes of memory for all that is known
   */
  KnownPlaces(long mostBytes) {
    known = new BoundedMemo<>(mostBytes);
  }

  private static final class Key {
    private CountedModel model;
    private FeatureNames names;

    Key(CountedModel model, FeatureNames names) {
      this.model = model;
      this.names = names;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.model == model && key.names == names;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(model) + System.identityHashCode(names);
    }
  }

  FeaturePlaces of(CountedModel model, FeatureNames names) {
    if (model != asked.model || names != asked.names) {
      asked.model = model;
      asked.names = names;
      last = known.get(asked);
      if (last == null) {
        last = model.places(names);
        known.put(new Key(model, names), last, last.bytesWith(names));
      }
    }
    return last;
  }

  /** About how many bytes of memory it takes. */
  long bytes() {
    return known.bytes();
  }
}
