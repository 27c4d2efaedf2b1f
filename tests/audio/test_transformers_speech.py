"""Speech by models of the transformers library, on tiny models with random weights that are built here."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audio.backends.transformers_speech import TransformersSpeech
from audio.backends.transformers_speech.spoken import pieces
from audio.voice import Utterance, VoiceRefusal, VoiceRequest
from projects.weights import MODELS_VARIABLE, ModelMissing
from storyboard.errors import RenderError, WorkprintError

pytestmark = pytest.mark.skipif(
    any(find_spec(package) is None for package in ("torch", "transformers", "safetensors")),
    reason="torch and transformers are not installed",
)

SMALL = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
BESIDE = {**SMALL, "num_key_value_heads": 2, "head_dim": 8}


def vits(folder: Path, hf: Any) -> None:
    """An MMS-TTS model of Russian."""
    letters = {letter: n for n, letter in enumerate("_ абвгдеёжзийклмнопрстуфхцчшщъыьэюя-")}
    (folder / "letters.json").write_text(json.dumps(letters), encoding="utf-8")
    tokenizer = hf.VitsTokenizer(
        str(folder / "letters.json"),
        language="rus",
        phonemize=False,
        is_uroman=False,
        pad_token="_",  # noqa: S106  # a letter
    )
    small = dict.fromkeys(("hidden_size", "ffn_dim", "flow_size", "upsample_initial_channel"), 16)
    ones = {"num_hidden_layers": 1} | dict.fromkeys(
        (f"{part}_encoder_num_wavenet_layers" for part in ("prior", "posterior")), 1
    )
    config = hf.VitsConfig(
        vocab_size=len(letters), num_attention_heads=2, spectrogram_bins=9, prior_encoder_num_flows=2,
        duration_predictor_num_flows=2, duration_predictor_filter_channels=16, upsample_rates=[8, 8, 2, 2],
        upsample_kernel_sizes=[16, 16, 4, 4], resblock_kernel_sizes=[3], resblock_dilation_sizes=[[1, 3]],
        depth_separable_num_layers=1, **small, **ones,
    )  # fmt: skip
    hf.VitsModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n", encoding="utf-8")


def speecht5(folder: Path, hf: Any) -> None:
    """SpeechT5 with a vocoder and a speaker."""
    trained = io.BytesIO()
    import_module("sentencepiece").SentencePieceTrainer.train(
        sentence_iterator=iter(["the quick brown fox jumps over the lazy dog"] * 20), model_writer=trained,
        model_type="char", vocab_size=31, hard_vocab_limit=False, bos_id=0, pad_id=1, eos_id=2, unk_id=3, minloglevel=2,
    )  # fmt: skip
    (folder / "spm_char.model").write_bytes(trained.getvalue())
    tokenizer = hf.SpeechT5Tokenizer(str(folder / "spm_char.model"))
    config = hf.SpeechT5Config(
        vocab_size=len(tokenizer), hidden_size=16, encoder_layers=1, encoder_attention_heads=2, encoder_ffn_dim=16,
        decoder_layers=1, decoder_attention_heads=2, decoder_ffn_dim=16, num_mel_bins=8, speech_decoder_prenet_units=8,
        speaker_embedding_dim=6, speech_decoder_postnet_units=8, speech_decoder_postnet_layers=2, conv_dim=(8,) * 7,
        num_conv_pos_embeddings=4, num_conv_pos_embedding_groups=2,
    )  # fmt: skip
    hf.SpeechT5ForTextToSpeech(config).save_pretrained(folder)
    front = hf.SpeechT5FeatureExtractor(num_mel_bins=8)
    hf.SpeechT5Processor(feature_extractor=front, tokenizer=tokenizer).save_pretrained(folder)
    vocoder = hf.SpeechT5HifiGanConfig(
        model_in_dim=8, upsample_initial_channel=32, upsample_rates=[4, 4, 4, 4], upsample_kernel_sizes=[8, 8, 8, 8],
        resblock_kernel_sizes=[3], resblock_dilation_sizes=[[1, 3]],
    )  # fmt: skip
    hf.SpeechT5HifiGan(vocoder).save_pretrained(folder / "vocoder")
    np.save(folder / "anna.npy", np.linspace(-1, 1, 6, dtype=np.float32)[None])
    import_module("safetensors.numpy").save_file({"ivan": np.ones(6, np.float32)}, folder / "ivan.safetensors")
    np.save(folder / "pickled.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)


def bark(folder: Path, hf: Any) -> None:
    """Bark with its real numbers of tokens, a narrow network and one preset."""
    narrow = {"num_layers": 1, "num_heads": 2, "hidden_size": 8}
    codec = hf.EncodecConfig(
        num_filters=2, hidden_size=8, codebook_dim=8, num_lstm_layers=1, target_bandwidths=[6.0], num_residual_layers=1,
        upsampling_ratios=[8, 5, 4, 2],
    )  # fmt: skip
    config = hf.BarkConfig(
        semantic_config={"input_vocab_size": 129_600, "output_vocab_size": 10_048, **narrow},
        coarse_acoustics_config={"input_vocab_size": 12_096, "output_vocab_size": 12_096, **narrow},
        fine_acoustics_config={"input_vocab_size": 1056, "output_vocab_size": 1056, **narrow},
        codec_config=codec.to_dict(),
    )
    made = hf.BarkModel(config)
    for layer in made.codec_model.quantizer.layers:
        layer.codebook.embed.normal_()  # empty codebooks would decode everything to the same sound
    made.save_pretrained(folder)
    habits = {
        "model_type": "bark",
        "semantic_config": {"do_sample": True, "max_new_tokens": 30},
        "coarse_acoustics_config": {"do_sample": True},
        "fine_acoustics_config": {},
        "sample_rate": 24_000,
        "codebook_size": 1024,
    }
    (folder / "generation_config.json").write_text(json.dumps(habits), encoding="utf-8")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"tqfheuickox", *(f"##{c}" for c in "tqfheuickox"), "."]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    hf.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    presets = folder / "speaker_embeddings" / "v2"
    presets.mkdir(parents=True)
    rng = np.random.default_rng(0)
    np.save(presets / "en_anna_semantic_prompt.npy", rng.integers(0, 10_000, 50))
    np.save(presets / "en_anna_coarse_prompt.npy", rng.integers(0, 1024, (2, 80)))
    np.save(presets / "en_anna_fine_prompt.npy", rng.integers(0, 1024, (8, 80)))


def dia(folder: Path, hf: Any) -> None:
    """Dia with its codec."""
    crossing = {"cross_num_attention_heads": 2, "cross_head_dim": 8, "cross_num_key_value_heads": 2}
    config = hf.DiaConfig(encoder_config=BESIDE, decoder_config={**BESIDE, **crossing, "cross_hidden_size": 16})
    hf.DiaForConditionalGeneration(config).save_pretrained(folder)
    hf.DiaTokenizer().save_pretrained(folder)
    hf.DiaFeatureExtractor(sampling_rate=44_100).save_pretrained(folder)
    codec = hf.DacConfig(encoder_hidden_size=4, decoder_hidden_size=32, sampling_rate=44_100, codebook_dim=4)
    hf.DacModel(codec).save_pretrained(folder / "codec")


def csm(folder: Path, hf: Any) -> None:
    """CSM with its codec inside."""
    tokenizers = import_module("tokenizers")
    level = tokenizers.pre_tokenizers.ByteLevel
    numbers = {letter: n for n, letter in enumerate(sorted(level.alphabet()))}
    plain = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=numbers, merges=[]))
    plain.pre_tokenizer = level(add_prefix_space=False)
    extra = {"audio_token": "<|AUDIO|>", "audio_eos_token": "<|audio_eos|>"}
    ends = {"bos_token": "<|begin|>", "eos_token": "<|end|>", "pad_token": "<|pad|>"}
    tokenizer = hf.PreTrainedTokenizerFast(tokenizer_object=plain, extra_special_tokens=extra, **ends)
    audio = {"num_codebooks": 4, "vocab_size": 35}
    codec = hf.MimiConfig(
        **SMALL, num_filters=2, codebook_size=64, codebook_dim=8, num_quantizers=4, upsample_groups=16,
        vector_quantization_hidden_dimension=8, num_key_value_heads=2,
    )  # fmt: skip
    config = hf.CsmConfig(
        **SMALL, **audio, num_key_value_heads=2, text_vocab_size=300, codebook_pad_token_id=34, codebook_eos_token_id=0,
        pad_token_id=tokenizer.pad_token_id, bos_token_id=tokenizer.bos_token_id,
        audio_token_id=tokenizer.audio_token_id, audio_eos_token_id=tokenizer.audio_eos_token_id,
        depth_decoder_config={
            **SMALL, **audio, "num_key_value_heads": 2, "backbone_hidden_size": 16, "max_position_embeddings": 5
        },
        codec_config=codec.to_dict(),
    )  # fmt: skip
    hf.CsmForConditionalGeneration(config).save_pretrained(folder)
    hf.CsmProcessor(hf.EncodecFeatureExtractor(sampling_rate=24_000), tokenizer).save_pretrained(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Path]]:
    """Builds a tiny model of that kind, once, in a folder of WORKPRINT_MODELS."""
    root = tmp_path_factory.mktemp("models")
    patch = pytest.MonkeyPatch()
    patch.setenv(MODELS_VARIABLE, str(root))
    patch.setenv("HF_HUB_OFFLINE", "1")

    def built(build: Callable[[Path, Any], None]) -> Path:
        folder = root / build.__name__
        if not folder.is_dir():
            folder.mkdir()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # libraries warn of sizes that no real model has
                import_module("torch").manual_seed(0)
                import_module("transformers").logging.set_verbosity_error()
                build(folder, import_module("transformers"))
        return folder

    yield built
    patch.undo()


def speak(folder: Path, text: str, language: str = "en", **settings: str | float) -> Utterance:
    """The text spoken by the model of a folder."""
    model = (("folder", folder.name), *settings.items())
    return TransformersSpeech().speak(VoiceRequest(text, language, "", model=model))


def sounds(spoken: Utterance, rate: int) -> bool:
    """Whether it is finite sound at that rate."""
    return spoken.rate == rate and len(spoken.samples) > 200 and bool(np.isfinite(spoken.samples).all())


def test_vits_speaks_and_knows_its_words(model: Callable[..., Path]) -> None:
    """An MMS model speaks at its own rate, with its own word times, its label and its card's licence."""
    spoken = speak(model(vits), "Привет, мир! Их 2.", "ru")
    assert sounds(spoken, 16_000)
    assert [word.text for word in spoken.words] == ["Привет,", "мир!", "Их", "2."]
    edges = [0.0, *(edge for word in spoken.words for edge in (word.start, word.end))]
    assert [*edges, len(spoken.samples) / spoken.rate] == sorted([*edges, len(spoken.samples) / spoken.rate])
    assert (spoken.model, spoken.licence) == ("vits", "CC-BY-NC-4.0")


def test_vits_settings_are_heard(model: Callable[..., Path]) -> None:
    """The same line is the same samples; another seed or rate gives other ones, a slower rate longer ones."""
    folder = model(vits)
    first = speak(folder, "Привет, мир", "ru")
    assert np.array_equal(first.samples, speak(folder, "Привет, мир", "ru").samples)
    assert not np.array_equal(first.samples, speak(folder, "Привет, мир", "ru", seed=5).samples)
    slow = speak(folder, "Привет, мир", "ru", speaking_rate=0.5)
    assert len(slow.samples) > 1.2 * len(first.samples)
    assert np.array_equal(first.samples, speak(folder, "Привет, мир", "ru").samples)


def test_numbers_are_spoken_in_words(model: Callable[..., Path]) -> None:
    """A figure that the model's alphabet does not have is read out, not left out."""
    folder = model(vits)
    assert len(speak(folder, "Их 7", "ru").samples) > len(speak(folder, "Их", "ru").samples)


@pytest.mark.parametrize(
    ("text", "settings"),
    [("Привет 你好", {}), ("...", {}), ("Да", {"speaker": 3}), ("Да", {"noise_scale": 9.0}), ("Да", {"device": "tpu"})],
)
def test_vits_refuses_what_it_cannot_do(
    model: Callable[..., Path], text: str, settings: dict[str, str | float]
) -> None:
    """Words in another script, speakers that are not there and settings out of bounds are refused with a remedy."""
    with pytest.raises(VoiceRefusal) as refusal:
        speak(model(vits), text, "de", **settings)
    assert refusal.value.hint


def test_unknown_settings_are_refused(model: Callable[..., Path]) -> None:
    """A setting of another architecture is no setting of this one."""
    with pytest.raises(RenderError, match="a vits model has no setting 'preset'"):
        speak(model(vits), "Да", "ru", preset="v2/en_anna")


def test_speecht5_speaks_with_a_speaker(model: Callable[..., Path]) -> None:
    """SpeechT5 speaks with an embedding from an .npy or a .safetensors file, through its vocoder."""
    folder = model(speecht5)
    anna = speak(folder, "the quick brown fox", speaker="anna.npy")
    assert sounds(anna, 16_000)
    assert np.array_equal(anna.samples, speak(folder, "the quick brown fox", speaker="anna.npy").samples)
    assert sounds(speak(folder, "the quick brown fox", speaker="ivan.safetensors"), 16_000)


@pytest.mark.parametrize("speaker", ["", "pickled.npy", "../anna.npy", "/etc/passwd", "nobody.npy", "config.json"])
def test_speecht5_refuses_other_speakers(model: Callable[..., Path], speaker: str) -> None:
    """A missing speaker, a pickled one and one outside the model's folder are refused with a remedy."""
    with pytest.raises(VoiceRefusal) as refusal:
        speak(model(speecht5), "the fox", speaker=speaker)
    assert refusal.value.hint


@pytest.mark.slow
def test_bark_speaks_with_a_preset(model: Callable[..., Path]) -> None:
    """Bark speaks at 24 kHz, the same each time, and a preset changes the voice."""
    folder = model(bark)
    plain = speak(folder, "the quick fox")
    assert sounds(plain, 24_000)
    assert np.array_equal(plain.samples, speak(folder, "the quick fox").samples)
    anna = speak(folder, "the quick fox", preset="v2/en_anna")
    assert not np.array_equal(plain.samples[:2000], anna.samples[:2000])
    for wrong in ("v2/nobody", "../../etc/passwd"):
        with pytest.raises(VoiceRefusal):
            speak(folder, "the fox", preset=wrong)


@pytest.mark.slow
def test_dia_speaks_through_its_codec(model: Callable[..., Path]) -> None:
    """Dia speaks at 44.1 kHz, the same each time, another seed otherwise; without its codec it says what to fetch."""
    folder = model(dia)
    first = speak(folder, "hi fox")
    assert sounds(first, 44_100)
    assert np.array_equal(first.samples, speak(folder, "hi fox").samples)
    assert not np.array_equal(first.samples, speak(folder, "hi fox", seed=2).samples)
    (folder / "codec").rename(folder / "elsewhere")
    TransformersSpeech().speak.__globals__["_model"].cache_clear()
    with pytest.raises(ModelMissing) as missing:
        speak(folder, "hi fox")
    assert "hf download descript/dac_44khz" in missing.value.hint
    (folder / "elsewhere").rename(folder / "codec")


@pytest.mark.slow
def test_csm_speaks(model: Callable[..., Path]) -> None:
    """CSM speaks at 24 kHz, the same each time, by one of ten speakers."""
    folder = model(csm)
    first = speak(folder, "hi fox")
    assert sounds(first, 24_000)
    assert np.array_equal(first.samples, speak(folder, "hi fox").samples)
    with pytest.raises(VoiceRefusal):
        speak(folder, "hi fox", speaker=12)


def test_a_long_text_is_spoken_in_pieces(model: Callable[..., Path]) -> None:
    """A text longer than the model takes is spoken whole, sentence by sentence, with words in order."""
    text = " ".join(["Старый маяк стоял на краю земли."] * 30)
    spoken = speak(model(vits), text, "ru")
    assert len(spoken.words) == 180
    starts = [word.start for word in spoken.words]
    assert starts == sorted(starts)


def test_pace_and_words_go_together(model: Callable[..., Path]) -> None:
    """Half the speed doubles the length, and the words move with the sound."""
    folder = model(vits)
    settings = (("folder", folder.name),)
    plain = TransformersSpeech().speak(VoiceRequest("Привет, мир", "ru", "", model=settings))
    slow = TransformersSpeech().speak(VoiceRequest("Привет, мир", "ru", "", speed=0.5, model=settings))
    assert len(slow.samples) == pytest.approx(2 * len(plain.samples), rel=0.01)
    assert slow.words[1].start == pytest.approx(2 * plain.words[1].start, rel=0.01)


def test_models_that_do_not_speak_are_named(model: Callable[..., Path]) -> None:
    """A model of another kind, a folder without a configuration and broken weights are reported, each with a remedy."""
    root = model(vits).parent
    for name, config in (("bert", '{"model_type": "bert"}'), ("bare", ""), ("broken", '{"model_type": "vits"}')):
        (root / name).mkdir(exist_ok=True)
        (root / name / "model.safetensors").write_bytes(b"nonsense")
        if config:
            (root / name / "config.json").write_text(config, encoding="utf-8")
        with pytest.raises(WorkprintError) as told:
            speak(root / name, "Да", "ru")
        assert told.value.hint


def test_nothing_is_drawn_from_the_global_numbers(model: Callable[..., Path]) -> None:
    """Speaking leaves torch's random numbers and its threads as they were."""
    torch = import_module("torch")
    folder = model(vits)
    torch.manual_seed(11)
    threads, before = torch.get_num_threads(), torch.get_rng_state()
    speak(folder, "Привет", "ru")
    assert torch.equal(before, torch.get_rng_state())
    assert torch.get_num_threads() == threads


def test_pieces_keep_every_word() -> None:
    """Text is cut at sentences, else clauses, else words, and nothing is lost or longer than allowed."""
    text = "One two three. Four five, six seven eight nine ten; eleven! " + "word " * 30
    for longest in (12, 20, 40, 400):
        found = pieces(text, longest)
        assert " ".join(found).split() == text.split()
        assert all(len(piece) <= longest for piece in found)
    assert pieces("One two. Three four.", 12) == ("One two.", "Three four.")
