package io.plumbline.onlinemetrics.join;

import io.plumbline.runtime.state.BinaryTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How Flink writes what the join keeps and gives. */
public final class JoinTypes {
  public static final TypeInformation<Joined> JOINED =
      new BinaryTypeInfo<>(Joined.class, JoinedForm.class);

  public static final TypeInformation<FreshPrediction> FRESH =
      new BinaryTypeInfo<>(FreshPrediction.class, FreshPredictionForm.class);

  public static final TypeInformation<Orphan> ORPHAN = TypeInformation.of(Orphan.class);

  static final TypeInformation<IdHash> ID_HASH =
      new BinaryTypeInfo<>(IdHash.class, IdHashForm.class);

  private JoinTypes() {}
}
