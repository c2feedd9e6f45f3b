package io.plumbline.cli;

import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;

/**
 * Flink's messaging from the class path. Flink's own loader unpacks it at each start and loads it
 * by a class loader of its own, which no archive of classes serves as well.
 */
public final class FlatRpcSystem implements RpcSystemLoader {
  @Override
  public int getLoadPriority() {
    // Before Flink's own, which is 0.
    return -1;
  }

  @Override
  public RpcSystem loadRpcSystem(Configuration configuration) {
    return ServiceLoader.load(RpcSystem.class).findFirst().orElseThrow();
  }
}
