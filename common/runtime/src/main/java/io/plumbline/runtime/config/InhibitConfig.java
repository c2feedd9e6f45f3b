package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** One entry of {@code inhibit}: what mutes what, where both say the same of some fields. */
public record InhibitConfig(
    @Required Map<String, String> source, @Required Map<String, String> target, List<String> equal)
    implements Serializable {}
