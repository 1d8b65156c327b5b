"""The smallest words of languages, as they tell one from another. Those of others stand here to win over ours."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OTHER = ""  # a language that is none of those that are told apart

BY_SCRIPT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Arab": {
            "ur": (
                "کے کی کا کو میں نے سے ہے ہیں اور پر یہ وہ کر کہ تھا تھی تھے ہو گا گی گے بھی نہیں ایک "
                "اس ان جو تو ہی لیے کیا گیا گئی گئے رہا رہی رہے والے والی کوئی اپنے ہوا ہوئے ہوئی دی "
                "دیا کیوں پاکستان ساتھ بعد خلاف طرح"
            ),
            "ps": (
                "د په چې او دی ده دي یې له کې سره نه هم دا کړي کړه کړی وي شوی شوي شوې شي څخه پر ته وو "
                "یو کوي لپاره هغه خو ووې وویل دغه خپل خپله باید نشته ونه هېواد هیواد ګڼ موږ تاسو زموږ "
                "پورې وروسته باندې کېږي شول راغلي دې به یوه"
            ),
            "fa": (
                "در به از که این است را با برای آن شد شده ها های می نمی کرد کرده کند هم یا تا بر اما "
                "یک خود باید بود بودند شود میشود اند ما او من شما آنها پس نیز همه نیست هیچ چرا چه گفت "
                "گفته کنند کردند داد دارد دارند نشده اگر هر میگوید"
            ),
            "ar": (
                "في من على إلى الى أن ان التي الذي عن مع هذا هذه لا ما لم لن قد كان كانت بعد قبل بين "
                "كل ذلك أو او حتى عند إن ليس غير هو هي وقد كما منذ خلال تم يتم ولا وفي ومن أنه انه "
                "أنها اليوم لكن ولم عليه حول ضد اي أي لهذا هناك"
            ),
            "pa": ("نوں وچ دے ایہہ ایہ تے سی ہن کیتا نال اوہ ساڈے"),
            OTHER: ("جو کی آهي ۾ جي کان هڪ ئەم لە بە کە"),
        },
        "Cyrl": {
            "ru": (
                "и в не на что он она они с как это по из у за от для о же к но его её то все вы мы "
                "был была были есть бы до только или после нет если уже когда при во ли где ещё под "
                "этот об так меня со"
            ),
            "uz": (
                "ва билан учун бу бир ҳам деб лекин эди эмас бўлди бўлган қилди экан унинг каби мен "
                "биз сиз улар керак йўқ бор ҳақида дан нинг кейин барча ушбу қилган айтди маълум "
                "ичида ёки агар нима"
            ),
            "tg": (
                "ва дар ба аз ки бо барои ин аст буд шуд мекунад кард ҳам вай онҳо мо шумо нест набуд "
                "карда шудааст гуфт дорад бояд ё то пас чаро чи ҳама хоҳад будааст мешавад кунед аммо "
                "инчунин як дигар барои"
            ),
            OTHER: ("і та що є це як від про але ж се да ще и́ за от на не е са му мен бол деп және бір үшін"),
        },
        "Latn": {
            "en": (
                "the of and to in is are was were that it for on with as at by be this have has had "
                "not but from they we you he she his her their an or which will would been who what "
                "there when if no all can more about after out up so do does did said just how why my "
                "your our its than into over only"
            ),
            "uz": (
                "va bilan uchun bu bir ham deb lekin edi emas bo'ldi bo'lgan qildi ekan uning kabi "
                "men biz siz ular kerak yo'q bor haqida keyin barcha ushbu qilgan aytdi ma'lum ichida "
                "yoki agar nima o'z yil davlat bo'lib hech qanday uni shu o'sha esa bo'yicha "
                "tomonidan to'g'risida so'ng qilingan nega hali"
            ),
            "tr": (
                "ve bir bu için ile da de çok daha olarak olan gibi kadar sonra ne en ama değil var "
                "yok mi mı mu mü ki her şey bunu ben sen biz siz onlar oldu olduğu dedi göre ancak "
                "hiç değildir diye şu hem neden içinde tarafından"
            ),
            OTHER: (
                "der die das und ist nicht ein eine mit den von zu im auf für sich dem le la les des "
                "est et que une dans pour pas qui sur du au avec el los las una del por para es en se "
                "con il che di non per della sono gli e o não uma um com os dos ao yang dan ini itu "
                "dengan untuk tidak pada ke hai nahi ka ki ko mein se hain aur ye wo kya bhi nhi kar "
                "raha rahe hua gaya var ki nu sa het een van niet jest nie się na że și nu care ja on "
                "je są bo olup üçin"
            ),
        },
        "Deva": {
            "hi": (
                "के का की है में से को और हैं ने पर यह वह भी नहीं कि एक था थे थी हो कर इस ही तो जो "
                "लिए गया गई गए रहा रही रहे साथ बाद अपने कोई किया दिया करने तक कहा हुआ हुई ये वे क्या "
                "लेकिन"
            ),
            OTHER: ("आहे आणि नाही आहेत होते या हा ही च्या छ छन् गर्न भएको हो र को लाई मा गरेको थियो पनि यो"),
        },
        "Guru": {
            "pa": ("ਦੇ ਦਾ ਦੀ ਹੈ ਵਿੱਚ ਵਿਚ ਨੂੰ ਤੇ ਅਤੇ ਨੇ ਹਨ ਕਿ ਇਹ ਉਹ ਨਹੀਂ ਇਸ ਇੱਕ ਵੀ ਤੋਂ ਨਾਲ ਸੀ ਲਈ ਕਰ ਹੋ ਗਿਆ ਕੀਤਾ"),
        },
    }
)

# Persian is written alike in Kabul and Tehran; only the words for some things are other ones.
DARI = (
    "پوهنتون ولسوالی والی شاروالی شاروال شفاخانه مکتب مکاتب طیاره موتر موترها سرحد عسکر عساکر "
    "قوماندان ولایت ولایات صحت داکتر داکتران انجنیر فابریکه تیل افغانی جاپان شورا سرک سرک‌ها "
    "میدان‌هوایی قوماندانی څارنوالی امنیه معارف نفوس اضلاع حواله محصل محصلان محصلین ترافیک "
    "پارلمان رییس‌جمهور کابل هرات کندهار افغانستان طالبان بلخ ننگرهار مهاجرین عودت نماینده‌گان "
    "باشنده‌گان باشندگان کانکور کیبل برشنا"
)
IRANIAN = (
    "بیمارستان دانشگاه استان شهرستان هواپیما خودرو خودروها فرودگاه مدرسه مدارس دکتر پلیس سرباز "
    "سربازان کارخانه بنزین ریال تومان ژاپن خیابان شهردار شهرداری استاندار دانشجو دانشجویان مجلس "
    "تهران ایران ایرانی اصفهان مشهد شیراز تبریز سپاه پزشک پزشکان کرونا یارانه بورس سازمان رهبر "
    "مرز مهندس دادستان دادستانی"
)
