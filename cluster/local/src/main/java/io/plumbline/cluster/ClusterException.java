package io.plumbline.cluster;

/** What keeps the cluster from doing what was asked, in words for the person who asked. */
public class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
