package io.plumbline.runtime.config;

import java.io.Serializable;

/** Somebody is at it: of the incident whose id is the document's name. */
public record Acknowledgement(String comment) implements Serializable {}
