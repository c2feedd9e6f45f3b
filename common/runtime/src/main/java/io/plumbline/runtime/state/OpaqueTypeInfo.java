package io.plumbline.runtime.state;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A type that Flink handles as one whole: it is no key and has no fields to look into.
 *
 * @param <T> the type
 */
public abstract class OpaqueTypeInfo<T> extends TypeInformation<T> {
  @Override
  public final boolean isBasicType() {
    return false;
  }

  @Override
  public final boolean isTupleType() {
    return false;
  }

  @Override
  public final int getArity() {
    return 1;
  }

  @Override
  public final int getTotalFields() {
    return 1;
  }

  @Override
  public final boolean isKeyType() {
    return false;
  }

  @Override
  public final boolean canEqual(Object other) {
    return getClass().isInstance(other);
  }
}
