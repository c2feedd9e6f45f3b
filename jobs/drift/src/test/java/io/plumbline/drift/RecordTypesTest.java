package io.plumbline.drift;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.scan.ProfilePart;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

/** What crosses the network needs neither Kryo nor reflection on unknown types. */
class RecordTypesTest {
  @Test
  void everyRecordIsSerialisedByFlinkItself() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(ProfilePart.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Comparison.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(JudgedFeature.class);
  }
}
